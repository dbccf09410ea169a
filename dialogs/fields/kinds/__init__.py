"""One file a kind of field."""
