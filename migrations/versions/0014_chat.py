"""chat: messages, mutes, blocks and reports

Expands: servers of the version before go on beside it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=6), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "(room IS NULL) = (channel IS NULL) AND (room IS NULL) <> (to_id IS NULL)",
            name=op.f("ck_chat_messages_somewhere"),
        ),
        sa.CheckConstraint("channel IN ('room', 'watchers')", name=op.f("ck_chat_messages_channel")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_chat_messages_user_id")),
        sa.ForeignKeyConstraint(["to_id"], ["users.id"], name=op.f("fk_chat_messages_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_messages")),
    )
    op.create_index(
        "ix_chat_messages_room", "chat_messages", ["room", "id"], postgresql_where=sa.text("room IS NOT NULL")
    )
    op.create_index(
        "ix_chat_messages_pair",
        "chat_messages",
        ["user_id", "to_id", "id"],
        postgresql_where=sa.text("to_id IS NOT NULL"),
    )
    op.create_index("ix_chat_messages_author", "chat_messages", ["user_id", "at"])
    op.create_table(
        "chat_mutes",
        sa.Column("room", sa.String(length=6), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_chat_mutes_user_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_chat_mutes_by_id")),
        sa.PrimaryKeyConstraint("room", "user_id", name=op.f("pk_chat_mutes")),
    )
    op.create_table(
        "chat_blocks",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_chat_blocks_user_id")),
        sa.ForeignKeyConstraint(["blocked_id"], ["users.id"], name=op.f("fk_chat_blocks_blocked_id")),
        sa.PrimaryKeyConstraint("user_id", "blocked_id", name=op.f("pk_chat_blocks")),
    )
    op.create_table(
        "chat_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["chat_messages.id"], name=op.f("fk_chat_reports_message_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_chat_reports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_reports")),
        sa.UniqueConstraint("message_id", "user_id", name=op.f("uq_chat_reports_message_id")),
    )


def downgrade() -> None:
    for table in ("chat_reports", "chat_blocks", "chat_mutes", "chat_messages"):
        op.drop_table(table)
