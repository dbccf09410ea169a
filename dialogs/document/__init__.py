"""The Word form: filled, proven, named; and read, whoever filled it."""
