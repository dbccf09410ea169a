"""With what each person has used of the day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add it; so far nobody has used anything."""
    op.add_column("sessions", sa.Column("usage", sa.Text, nullable=False, server_default="{}"))
