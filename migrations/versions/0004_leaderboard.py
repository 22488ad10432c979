"""the leaderboard from its index alone, with the number of users kept"""

import sqlalchemy as sa
from alembic import op
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

SHARDS = 16


def upgrade():
    # First, because it can be done again when it was broken off: an index that was not finished stays behind, invalid.
    with op.get_context().autocommit_block():
        op.execute('DROP INDEX CONCURRENTLY IF EXISTS ix_users_leaderboard')
        op.create_index('ix_users_leaderboard', 'users', [sa.literal_column('xp DESC'), 'id'], unique=False,
            postgresql_include=['username', 'avatar', 'wins', 'losses'], postgresql_concurrently=True)
        op.execute('DROP INDEX CONCURRENTLY IF EXISTS ix_users_xp')
    op.create_table('user_counts',
    sa.Column('shard', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('users', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('shard', name=op.f('pk_user_counts'))
    )
    # A connection keeps to one shard, so that no two transactions can wait for each other's.
    op.execute(f"""
        CREATE FUNCTION count_users() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                UPDATE user_counts SET users = 0;
            ELSIF TG_OP = 'INSERT' THEN
                UPDATE user_counts SET users = users + (SELECT count(*) FROM changed)
                WHERE shard = pg_backend_pid() % {SHARDS};
            ELSE
                UPDATE user_counts SET users = users - (SELECT count(*) FROM changed)
                WHERE shard = pg_backend_pid() % {SHARDS};
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER count_added AFTER INSERT ON users REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_users()
    """)
    op.execute("""
        CREATE TRIGGER count_removed AFTER DELETE ON users REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION count_users()
    """)
    op.execute('CREATE TRIGGER count_truncated AFTER TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION count_users()')
    # Whoever adds users waits from the first trigger on, so that none is missed and none is counted twice.
    op.execute(f"""
        INSERT INTO user_counts (shard, users)
        SELECT shard, CASE shard WHEN 0 THEN (SELECT count(*) FROM users) ELSE 0 END
        FROM generate_series(0, {SHARDS} - 1) AS shard
    """)


def downgrade():
    for trigger in ('count_added', 'count_removed', 'count_truncated'):
        op.execute(f'DROP TRIGGER {trigger} ON users')
    op.execute('DROP FUNCTION count_users()')
    op.drop_table('user_counts')
    with op.get_context().autocommit_block():
        op.create_index('ix_users_xp', 'users', [sa.literal_column('xp DESC'), 'id'], unique=False,
            postgresql_concurrently=True, if_not_exists=True)
        op.execute('DROP INDEX CONCURRENTLY IF EXISTS ix_users_leaderboard')
