"""What the fields of a form hold: read by kind, judged by rules."""
