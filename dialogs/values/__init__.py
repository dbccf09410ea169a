"""Understanding what a clerk typed, and judging it by the form's rules."""
