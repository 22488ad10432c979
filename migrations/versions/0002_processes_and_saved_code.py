"""server processes, attendance, saved code"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "server_processes",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_server_processes")),
    )
    op.create_table(
        "attendances",
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["server_processes.id"], name=op.f("fk_attendances_process_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_attendances_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("process_id", "user_id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_attendances_user_id"), "attendances", ["user_id"])
    op.create_table(
        "saved_codes",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_saved_codes_match_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_codes_user_id")),
        sa.PrimaryKeyConstraint("match_id", "user_id", name=op.f("pk_saved_codes")),
    )
    op.execute(
        "INSERT INTO saved_codes (match_id, user_id, language, code, saved_at) "
        "SELECT DISTINCT ON (match_id, user_id) match_id, user_id, language, code, received_at "
        "FROM submissions ORDER BY match_id, user_id, id DESC"
    )
    op.add_column("match_players", sa.Column("gone", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("submissions", sa.Column("process_id", sa.BigInteger(), nullable=True))


def downgrade():
    op.drop_column("submissions", "process_id")
    op.drop_column("match_players", "gone")
    op.drop_table("saved_codes")
    op.drop_table("attendances")
    op.drop_table("server_processes")
