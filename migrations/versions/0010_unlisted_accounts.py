"""accounts that are on no leaderboard"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None

SHARDS = 16


def upgrade() -> None:
    # All of it can be done again when it was broken off. The version before reads the leaderboard without the index
    # that goes, slower for as long as it still runs.
    with op.get_context().autocommit_block():
        op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS listed boolean DEFAULT true NOT NULL")
        _index("ix_users_listed", "ix_users_leaderboard", postgresql_where=sa.text("listed"))
    op.execute(_count("WHERE listed"))


def downgrade() -> None:
    # Nobody is added or removed between the new count and the function that keeps it.
    op.execute("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE")
    op.execute(
        "UPDATE user_counts SET users = users + (SELECT count(*) FROM users WHERE NOT listed) WHERE shard = 0"
    )
    op.execute(_count(""))
    with op.get_context().autocommit_block():
        _index("ix_users_leaderboard", "ix_users_listed")
        op.execute("ALTER TABLE users DROP COLUMN IF EXISTS listed")


def _index(name: str, before: str, **options: object) -> None:
    """Build the index of the leaderboard beside running servers, in the place of the one before."""
    op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    op.create_index(
        name,
        "users",
        [sa.literal_column("xp DESC"), "id"],
        postgresql_include=["username", "avatar", "wins", "losses"],
        postgresql_concurrently=True,
        **options,
    )
    op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {before}")


def _count(which: str) -> str:
    """The function behind the triggers on ``users``, which counts those that are listed: they are so for good."""
    return f"""
        CREATE OR REPLACE FUNCTION count_users() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                UPDATE user_counts SET users = 0;
            ELSIF TG_OP = 'INSERT' THEN
                UPDATE user_counts SET users = users + (SELECT count(*) FROM changed {which})
                WHERE shard = pg_backend_pid() % {SHARDS};
            ELSE
                UPDATE user_counts SET users = users - (SELECT count(*) FROM changed {which})
                WHERE shard = pg_backend_pid() % {SHARDS};
            END IF;
            RETURN NULL;
        END $$
    """
