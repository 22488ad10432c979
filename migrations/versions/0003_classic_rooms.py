"""classic rooms"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('classic_rooms',
    sa.Column('room', sa.String(length=6), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=False),
    sa.Column('guest_id', sa.Integer(), nullable=True),
    sa.Column('left_ids', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('question', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('pressed', sa.Boolean(), nullable=False),
    sa.Column('winner_id', sa.Integer(), nullable=True),
    sa.Column('match_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('paired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['guest_id'], ['users.id'], name=op.f('fk_classic_rooms_guest_id')),
    sa.ForeignKeyConstraint(['host_id'], ['users.id'], name=op.f('fk_classic_rooms_host_id')),
    sa.ForeignKeyConstraint(['match_id'], ['matches.id'], name=op.f('fk_classic_rooms_match_id')),
    sa.ForeignKeyConstraint(['winner_id'], ['users.id'], name=op.f('fk_classic_rooms_winner_id')),
    sa.PrimaryKeyConstraint('room', name=op.f('pk_classic_rooms'))
    )
    op.create_index(op.f('ix_classic_rooms_guest_id'), 'classic_rooms', ['guest_id'], unique=False)
    op.create_index(op.f('ix_classic_rooms_host_id'), 'classic_rooms', ['host_id'], unique=False)
    op.create_index('ix_classic_rooms_waiting', 'classic_rooms', ['created_at'], unique=False, postgresql_where=sa.text('guest_id IS NULL'))
    op.create_table('classic_connections',
    sa.Column('sid', sa.String(length=40), nullable=False),
    sa.Column('room', sa.String(length=6), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['room'], ['classic_rooms.room'], name=op.f('fk_classic_connections_room'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_classic_connections_user_id')),
    sa.PrimaryKeyConstraint('sid', 'room', 'user_id', name=op.f('pk_classic_connections'))
    )
    op.create_index('ix_classic_connections_seat', 'classic_connections', ['room', 'user_id'], unique=False)


def downgrade():
    op.drop_index('ix_classic_connections_seat', table_name='classic_connections')
    op.drop_table('classic_connections')
    op.drop_index('ix_classic_rooms_waiting', table_name='classic_rooms', postgresql_where=sa.text('guest_id IS NULL'))
    op.drop_index(op.f('ix_classic_rooms_host_id'), table_name='classic_rooms')
    op.drop_index(op.f('ix_classic_rooms_guest_id'), table_name='classic_rooms')
    op.drop_table('classic_rooms')
