"""The office's page: who may enter, what was done there, applications as registered, what became of questions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create four tables; questions get the entries that answered them, the answer, and what settled them."""
    _registrations()
    _office()
    op.add_column("questions", sa.Column("entries", sa.String(), nullable=True))
    op.add_column("questions", sa.Column("answer", sa.Text(), nullable=True))
    op.add_column("questions", sa.Column("settled", sa.BigInteger(), nullable=True))


def _registrations() -> None:
    op.create_table(
        "registrations",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("document_name", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("submitted_on", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("registrations_pack", "registrations", ["pack_id", "submitted_at"])
    op.create_index("registrations_key", "registrations", ["key", "draft"])
    op.create_table(
        "receipt_counters",
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pack_id", "year"),
    )


def _office() -> None:
    op.create_table(
        "office_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "office_actions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("pack_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("office_actions_pack", "office_actions", ["pack_id", "action", "subject"])
