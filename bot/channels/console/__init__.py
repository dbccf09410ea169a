"""The terminal as a channel: for a person, and as JSON lines for scripts."""
