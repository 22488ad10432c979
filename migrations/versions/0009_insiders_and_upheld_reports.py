"""Keep who knows more of a problem than its players, and what became of reports."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "problem_insiders",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_problem_insiders_user_id")),
        sa.PrimaryKeyConstraint("user_id", "slug", name=op.f("pk_problem_insiders")),
    )
    op.execute(
        "INSERT INTO problem_insiders (user_id, slug) "
        "SELECT DISTINCT d.requested_by, p.slug FROM problem_drafts d "
        "JOIN problems p ON p.id IN (d.problem_id, d.replaces_id) WHERE d.requested_by IS NOT NULL"
    )
    op.add_column("problem_reports", sa.Column("upheld", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("problem_reports", "upheld")
    op.drop_table("problem_insiders")
