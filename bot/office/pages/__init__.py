"""The office's page, at `/office` beside the applicants': applications, questions, contents, figures."""
