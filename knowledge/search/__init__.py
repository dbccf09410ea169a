"""Finding the FAQ entry that answers a question: offline, pure, a few milliseconds."""
