"""calls to the model, and reviews of matches"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ai_calls',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('model', sa.String(length=100), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tokens_in', sa.Integer(), nullable=False),
    sa.Column('tokens_out', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Numeric(precision=14, scale=8), nullable=False),
    sa.Column('ms', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=40), nullable=True),
    sa.Column('detail', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_ai_calls_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ai_calls'))
    )
    op.create_index(op.f('ix_ai_calls_at'), 'ai_calls', ['at'], unique=False)
    op.create_index('ix_ai_calls_user', 'ai_calls', ['user_id', 'at'], unique=False)
    op.create_table('match_reviews',
    sa.Column('match_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('review', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['users.id'], name=op.f('fk_match_reviews_asked_by')),
    sa.ForeignKeyConstraint(['match_id'], ['matches.id'], name=op.f('fk_match_reviews_match_id')),
    sa.PrimaryKeyConstraint('match_id', name=op.f('pk_match_reviews'))
    )


def downgrade():
    op.drop_table('match_reviews')
    op.drop_index('ix_ai_calls_user', table_name='ai_calls')
    op.drop_index(op.f('ix_ai_calls_at'), table_name='ai_calls')
    op.drop_table('ai_calls')
