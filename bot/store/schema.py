"""The tables. `key` is always a conversation's address as one string (see `bot.store.sessions.address`).

Times are milliseconds since 1970 (UTC). JSON is kept as text: it comes back as it went in on every database.
No foreign keys: their checks would make a redelivered update wait for the turn that is running.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, text

metadata = MetaData()

# SQLite numbers only INTEGER keys by itself
_Number = BigInteger().with_variant(Integer, "sqlite")

sessions = Table(
    "sessions",
    metadata,
    Column("key", String, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("business_connection_id", String),
    Column("destiny", String, nullable=False),
    Column("state", String),
    Column("data", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False, index=True),
    Column("sender", String),
    Column("sender_until", BigInteger, nullable=False, server_default="0"),
    Column("usage", Text, nullable=False, server_default="{}"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("event", Text),
    Column("received_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("status", String, nullable=False, server_default="waiting"),
    Column("error", Text),
    Index("inbox_once", "bot_id", "update_id", unique=True),
    Index(
        "inbox_open",
        "key",
        "position",
        "id",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("inbox_key", "key"),
)

# written out, not bound: only so do both databases use the index of what waits
IS_WAITING = text("inbox.status = 'waiting'")

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("key", String, nullable=False),
    Column("turn", _Number, nullable=False),
    Column("reply", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("sent_at", BigInteger),
    Column("error", Text),
    Index(
        "outbox_open",
        "key",
        "id",
        sqlite_where=text("sent_at IS NULL"),
        postgresql_where=text("sent_at IS NULL"),
    ),
    Index("outbox_key", "key", "turn"),
    Index("outbox_parked", "id", sqlite_where=text("tries < 0"), postgresql_where=text("tries < 0")),
)

# a reply that was given up has the number of its tries below zero
IS_PARKED = text("outbox.tries < 0")

journal = Table(
    "journal",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("key", String, nullable=False),
    Column("update_id", String, nullable=False),
    Column("event", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("state_before", String),
    Column("state_after", String),
    Column("pack_id", String),
    Column("pack_version", String),
    Column("code_version", String, nullable=False),
    Column("error", Text),
    Column("at", BigInteger, nullable=False),
    Index("journal_key", "key", "id"),
)

blobs = Table(
    "blobs",
    metadata,
    Column("key", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("key", String, primary_key=True),
    Column("draft", String, primary_key=True),
    Column("pack_id", String, nullable=False),
    Column("project", String, nullable=False),
    Column("recommender", String, nullable=False),
    Column("unit_name", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("submissions_project", "pack_id", "project"),
    Index("submissions_recommender", "pack_id", "recommender"),
)

locks = Table(
    "locks",
    metadata,
    Column("key", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("pack_id", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("outcome", String, nullable=False),
    Column("field", String),
    Column("at", BigInteger, nullable=False),
    Column("entries", String),
    Column("answer", Text),
    Column("settled", BigInteger),
    Index("questions_pack", "pack_id", "outcome"),
    Index("questions_at", "at"),
)

registrations = Table(
    "registrations",
    metadata,
    Column("number", String, primary_key=True),
    Column("pack_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("draft", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("channel", String, nullable=False),
    Column("identity", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("document_name", String, nullable=False),
    Column("document", String, nullable=False),
    Column("package", String, nullable=False),
    Column("submitted_on", String, nullable=False),
    Column("submitted_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger),
    Index("registrations_pack", "pack_id", "submitted_at"),
    Index("registrations_key", "key", "draft"),
)

channel_marks = Table(
    "channel_marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

receipt_counters = Table(
    "receipt_counters",
    metadata,
    Column("pack_id", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

office_links = Table(
    "office_links",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("entered_at", BigInteger),
    Column("ended_at", BigInteger),
)

office_actions = Table(
    "office_actions",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("pack_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("office_actions_pack", "pack_id", "action", "subject"),
)

office_messages = Table(
    "office_messages",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("pack_id", String, nullable=False),
    Column("key", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("field", String),
    Column("asked", Text, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", String, nullable=False),
    Column("answered_at", BigInteger),
    Index("office_messages_pack", "pack_id", "answered_at"),
    Index("office_messages_key", "key"),
)
