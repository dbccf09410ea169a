"""How the tables came to be: one alembic revision for each change."""
