"""bots: users that the server plays for, and what they are about to do

Expands: servers of the version before go on beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None


def upgrade() -> None:
    # All of it can be done again when it was broken off.
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS bot boolean DEFAULT false NOT NULL")
        op.execute("ALTER TABLE lobby_entries ADD COLUMN IF NOT EXISTS bot_offered boolean DEFAULT false NOT NULL")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_users_bot")
        op.create_index("ix_users_bot", "users", ["id"], postgresql_where=sa.text("bot"), postgresql_concurrently=True)
    op.create_table(
        "bot_attempts",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_bot_attempts_match_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bot_attempts_user_id")),
        sa.PrimaryKeyConstraint("match_id", "user_id", "round", "number", name=op.f("pk_bot_attempts")),
    )
    op.create_index("ix_bot_attempts_due", "bot_attempts", ["due_at"], postgresql_where=sa.text("done_at IS NULL"))


def downgrade() -> None:
    op.drop_table("bot_attempts")
    op.drop_index("ix_users_bot", "users")
    op.drop_column("lobby_entries", "bot_offered")
    op.drop_column("users", "bot")
