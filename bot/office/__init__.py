"""For the staff of the office: what applicants asked in vain, how far applications are, what an edit changed."""
