"""What follows from a room's own events outside its journal: the tables that queries read."""

from __future__ import annotations

import json
from datetime import datetime

from application.journal.transaction import Transaction
from application.rooms.rules import events as e


def project(written: Transaction, room_id: int, event: e.RoomEvent, at: datetime) -> None:
    """Have the tables follow this event. The room of a lobby duel is in none of them."""
    match event:
        case e.RoomOpened():
            listed = event.settings.access == "listed"
            settings = json.dumps(event.settings.json())
            written.write(_OPENED, (room_id, event.host_id, settings, listed, at))
            return
        case e.RoomChanged():
            listed = event.settings.access == "listed"
            written.write(_CHANGED, (json.dumps(event.settings.json()), listed, room_id))
        case e.MemberEntered():
            written.write(_ENTERED, (room_id, event.member.user_id, event.member.role))
        case e.MemberLeft():
            written.write("DELETE FROM room_members WHERE room_id = %s AND user_id = %s", (room_id, event.user_id))
        case e.HostChanged():
            written.write("UPDATE open_rooms SET host_id = %s WHERE room_id = %s", (event.user_id, room_id))
        case e.RoomClosed():
            written.write("DELETE FROM room_members WHERE room_id = %s", (room_id,))
            written.write("UPDATE open_rooms SET closed_at = %s WHERE room_id = %s", (at, room_id))
    written.write("UPDATE open_rooms SET changed_at = %s WHERE room_id = %s", (at, room_id))


def follow_match(written: Transaction, room_id: int, live: bool, at: datetime) -> None:
    """A match begins or has ended in the room."""
    written.write("UPDATE open_rooms SET live = %s, changed_at = %s WHERE room_id = %s", (live, at, room_id))


_OPENED = """
    INSERT INTO open_rooms (room_id, host_id, settings, listed, live, changed_at) VALUES (%s, %s, %s, %s, false, %s)"""
_CHANGED = "UPDATE open_rooms SET settings = %s, listed = %s WHERE room_id = %s"
_ENTERED = """
    INSERT INTO room_members (room_id, user_id, role) VALUES (%s, %s, %s)
    ON CONFLICT (room_id, user_id) DO UPDATE SET role = excluded.role, absent_since = NULL"""
