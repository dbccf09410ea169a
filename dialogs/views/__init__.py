"""How things are put to the applicant: short, warm, one question at a time."""
