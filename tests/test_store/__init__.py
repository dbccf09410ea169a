"""The store: what came in is kept, applied once, answered in order, and forgotten on request."""
