"""rooms, whose journals hold the matches

Expands: the version before goes on beside the new one. What it knows as match_events is a view of room_events, whose
room has the number of its first match; what it writes of a match's version is written of its room, and back.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("LOCK TABLE matches IN SHARE ROW EXCLUSIVE MODE")
    op.execute("ALTER TABLE server_processes ADD COLUMN release varchar(20)")
    op.execute("""
        CREATE TABLE rooms (
            id integer DEFAULT nextval('matches_id_seq') NOT NULL CONSTRAINT pk_rooms PRIMARY KEY,
            code varchar(6) NOT NULL CONSTRAINT uq_rooms_code UNIQUE,
            version integer DEFAULT 0 NOT NULL,
            created_at timestamptz NOT NULL
        )""")
    op.execute("INSERT INTO rooms SELECT id, room, version, created_at FROM matches")

    op.execute("ALTER TABLE matches ALTER version SET DEFAULT 0")
    op.execute("ALTER TABLE matches ADD first_version integer DEFAULT 1 NOT NULL")
    op.execute("ALTER TABLE matches ADD room_id integer CONSTRAINT fk_matches_room_id REFERENCES rooms")
    op.execute("UPDATE matches SET room_id = id")
    op.execute("CREATE INDEX ix_matches_room ON matches (room)")
    op.execute("CREATE INDEX ix_matches_room_id ON matches (room_id, first_version)")

    op.execute("ALTER TABLE match_events RENAME TO room_events")
    op.execute("ALTER TABLE room_events RENAME match_id TO room_id")
    op.execute("ALTER TABLE room_events RENAME CONSTRAINT pk_match_events TO pk_room_events")
    op.execute("ALTER TABLE room_events DROP CONSTRAINT fk_match_events_match_id")
    op.execute("ALTER TABLE room_events ADD CONSTRAINT fk_room_events_room_id FOREIGN KEY (room_id) REFERENCES rooms")
    op.execute("CREATE VIEW match_events AS SELECT room_id AS match_id, version, name, payload, at FROM room_events")

    follow_each_other()


def follow_each_other() -> None:
    """Whichever version writes, the other one reads it."""
    op.execute("""
        CREATE FUNCTION match_gets_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.room_id IS NULL THEN
                INSERT INTO rooms VALUES (NEW.id, NEW.room, NEW.version, NEW.created_at);
                NEW.room_id := NEW.id;
            ELSE
                NEW.version := (SELECT version FROM rooms WHERE id = NEW.room_id);
            END IF;
            RETURN NEW;
        END $$""")
    op.execute("""
        CREATE TRIGGER match_gets_room BEFORE INSERT ON matches FOR EACH ROW EXECUTE FUNCTION match_gets_room()""")
    # Two versions append to the same journal: each has locked the row that it knows. The second one to write finds that
    # the other was there before, and does not go on; its command is refused, and can be sent again.
    op.execute("""
        CREATE FUNCTION room_follows_match() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE rooms SET version = NEW.version WHERE id = NEW.room_id AND version = OLD.version;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'another version of the server was there before' USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER room_follows_match AFTER UPDATE OF version ON matches FOR EACH ROW
        WHEN (NEW.version <> OLD.version AND pg_trigger_depth() = 0) EXECUTE FUNCTION room_follows_match()""")
    op.execute("""
        CREATE FUNCTION match_follows_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE matches SET version = NEW.version WHERE id = NEW.id;
            RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER match_follows_room AFTER UPDATE OF version ON rooms FOR EACH ROW
        WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION match_follows_room()""")


def downgrade() -> None:
    op.execute("LOCK TABLE matches, rooms IN SHARE ROW EXCLUSIVE MODE")
    op.execute("DROP TRIGGER match_follows_room ON rooms")
    for name in ("room_follows_match", "match_gets_room"):
        op.execute(f"DROP TRIGGER {name} ON matches")
    op.execute("DROP FUNCTION match_follows_room, room_follows_match, match_gets_room")
    op.execute("DROP VIEW match_events")
    op.execute("ALTER TABLE room_events DROP CONSTRAINT fk_room_events_room_id")
    op.execute("ALTER TABLE room_events RENAME CONSTRAINT pk_room_events TO pk_match_events")
    op.execute("ALTER TABLE room_events RENAME room_id TO match_id")
    op.execute("ALTER TABLE room_events RENAME TO match_events")
    op.execute(
        "ALTER TABLE match_events ADD CONSTRAINT fk_match_events_match_id FOREIGN KEY (match_id) REFERENCES matches"
    )
    op.execute("DROP INDEX ix_matches_room, ix_matches_room_id")
    op.execute("ALTER TABLE matches DROP room_id, DROP first_version, ALTER version DROP DEFAULT")
    op.execute("DROP TABLE rooms")
    op.execute("ALTER TABLE server_processes DROP release")
