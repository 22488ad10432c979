"""rooms that people open

Expands: servers of the versions before go on beside it, and know nothing of such rooms. So it comes after 0011, beside
0012, which contracts.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0011"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_rooms",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id"), primary_key=True),
        sa.Column("host_id", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("settings", JSONB, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "ix_open_rooms_changed", "open_rooms", ["changed_at"], postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_index(
        "ix_open_rooms_listed", "open_rooms", ["room_id"], postgresql_where=sa.text("listed AND closed_at IS NULL")
    )
    op.create_table(
        "room_members",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id"), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True, index=True),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("absent_since", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "room_watchers",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id"), primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "challenges",
        sa.Column("room_id", sa.Integer, sa.ForeignKey("rooms.id"), primary_key=True),
        sa.Column("from_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("to_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), index=True),
        sa.Column("reason", sa.String(10)),
    )
    op.create_index("ix_challenges_waiting", "challenges", ["from_id"], postgresql_where=sa.text("ended_at IS NULL"))
    op.add_column("match_players", sa.Column("told", sa.Boolean, nullable=False, server_default="true"))


def downgrade() -> None:
    op.drop_column("match_players", "told")
    for table in ("challenges", "room_watchers", "room_members", "open_rooms"):
        op.drop_table(table)
