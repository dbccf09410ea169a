"""One module per kind of event: what the applicant did, and what we do about it."""
