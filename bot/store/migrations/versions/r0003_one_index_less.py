"""Without the index that led the search for waiting updates through all updates ever received."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Drop it; what waits has an index of its own."""
    op.drop_index("inbox_received", "inbox")
