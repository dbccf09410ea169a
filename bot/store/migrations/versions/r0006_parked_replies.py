"""With an index of the replies that were given up."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

PARKED = sa.text("tries < 0")


def upgrade() -> None:
    """Create it; there are few of them among many."""
    op.create_index("outbox_parked", "outbox", ["id"], sqlite_where=PARKED, postgresql_where=PARKED)
