"""teachers, reports, records of problems"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("role", sa.String(length=10), server_default="player", nullable=False))
    op.create_check_constraint(op.f("ck_users_role"), "users", "role IN ('player', 'teacher')")

    op.add_column("problems", sa.Column("withdrawn", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("problems", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("problems", sa.Column("plays", sa.Integer(), server_default="0", nullable=False))
    op.add_column("problems", sa.Column("last_played_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "problems",
        sa.Column("topics", postgresql.JSONB(), sa.Computed("coalesce(document -> 'topics', '[]')", persisted=True)),
    )
    op.execute("UPDATE problems SET proven_at = created_at WHERE in_play")
    op.execute(
        "UPDATE problems SET plays = played.times, last_played_at = played.last FROM ("
        " SELECT problem_id, count(*) AS times, max(started_at) AS last"
        " FROM match_rounds JOIN matches ON matches.id = match_id GROUP BY problem_id"
        ") AS played WHERE played.problem_id = problems.id"
    )

    op.create_table(
        "problem_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_problem_reports_problem_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_problem_reports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_reports")),
        sa.UniqueConstraint("problem_id", "user_id", name=op.f("uq_problem_reports_problem_id")),
    )
    op.create_index(
        "ix_problem_reports_open", "problem_reports", ["problem_id"], postgresql_where=sa.text("settled_at IS NULL")
    )

    op.add_column("match_rounds", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("match_rounds", sa.Column("solved_ms", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE match_rounds AS r SET started_at = e.at FROM match_events AS e"
        " WHERE e.match_id = r.match_id AND e.name = 'round_started' AND (e.payload ->> 'number')::int = r.number"
    )
    # Until now every match had one round, so whatever was accepted in a match was accepted in that.
    op.execute(
        "UPDATE match_rounds AS r SET solved_ms = extract(epoch FROM won.at - r.started_at) * 1000 FROM ("
        " SELECT match_id, min(received_at) AS at FROM submissions WHERE verdict = 'accepted' GROUP BY match_id"
        ") AS won WHERE won.match_id = r.match_id AND won.at >= r.started_at"
    )


def downgrade():
    op.drop_column("match_rounds", "solved_ms")
    op.drop_column("match_rounds", "started_at")
    op.drop_table("problem_reports")
    for name in ("topics", "last_played_at", "plays", "proven_at", "withdrawn"):
        op.drop_column("problems", name)
    op.drop_constraint(op.f("ck_users_role"), "users")
    op.drop_column("users", "role")
