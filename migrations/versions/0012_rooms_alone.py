"""rooms without what the version before needed

Contracts: no server of a version before 1.1 may be running. The server applies this by itself once there is none.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("LOCK TABLE matches, rooms IN SHARE ROW EXCLUSIVE MODE")
    op.execute("DROP TRIGGER match_follows_room ON rooms")
    for name in ("room_follows_match", "match_gets_room"):
        op.execute(f"DROP TRIGGER {name} ON matches")
    op.execute("DROP FUNCTION match_follows_room, room_follows_match, match_gets_room")
    op.execute("DROP VIEW match_events")
    op.execute("ALTER TABLE matches ALTER room_id SET NOT NULL, DROP version, DROP CONSTRAINT uq_matches_room")


def downgrade() -> None:
    # A room that has seen a second match cannot go back: the version before knows one match to a room.
    op.execute("LOCK TABLE matches, rooms IN SHARE ROW EXCLUSIVE MODE")
    op.execute("ALTER TABLE matches ADD CONSTRAINT uq_matches_room UNIQUE (room), ALTER room_id DROP NOT NULL")
    op.execute("ALTER TABLE matches ADD version integer DEFAULT 0 NOT NULL")
    op.execute("UPDATE matches SET version = rooms.version FROM rooms WHERE rooms.id = matches.room_id")
    op.execute("CREATE VIEW match_events AS SELECT room_id AS match_id, version, name, payload, at FROM room_events")
    from_expand()


def from_expand() -> None:
    """The functions and triggers of 0011, as they were."""
    import importlib.util
    from pathlib import Path

    there = Path(__file__).with_name("0011_rooms.py")
    spec = importlib.util.spec_from_file_location("rooms", there)
    rooms = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rooms)
    rooms.follow_each_other()
