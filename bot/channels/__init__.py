"""Where applicants are: one package a channel."""
