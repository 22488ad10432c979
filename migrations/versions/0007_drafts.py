"""drafts of problems"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "problem_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rank", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("stages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_problem_drafts_problem_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["problems.id"], name=op.f("fk_problem_drafts_replaces_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["users.id"], name=op.f("fk_problem_drafts_requested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_drafts")),
        sa.UniqueConstraint("problem_id", name=op.f("uq_problem_drafts_problem_id")),
    )
    op.create_index(
        "ix_problem_drafts_open",
        "problem_drafts",
        ["id"],
        postgresql_where=sa.text("state IN ('waiting', 'working')"),
    )
    op.create_index("ix_problem_drafts_requested", "problem_drafts", ["requested_by", "requested_at"])


def downgrade():
    op.drop_table("problem_drafts")
