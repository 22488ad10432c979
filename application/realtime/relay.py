"""What other server processes have to know: that a match has moved on, that a token was logged out, what was said in a
classic room.

Redis carries notices, and a notice carries no more than what to look at: the journal in PostgreSQL is the truth. A
notice that is lost, as while Redis restarts, or that nobody sends, as where an operator's command ends a match, is made
up for by looking at every followed match each second.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import gevent
import structlog
from gevent.event import Event
from gevent.queue import Empty, Full, Queue
from redis import Redis, RedisError

from application.base.database import db
from application.base.measures import FINISHED
from application.matches.journal import Timeline
from application.matches.reading import MatchReader
from application.realtime.connections import Connections
from application.realtime.publisher import RoomPublisher

CHANNEL = "codemaze:news"
OUTBOX_MOST = 10_000
RETRY_SECONDS = 1.0

log = structlog.get_logger()


class Relay:
    """A publisher for several processes: brings news to the connections of this one, and tells the others."""

    def __init__(
        self,
        redis: Redis | None,
        rooms: RoomPublisher,
        connections: Connections,
        reader: MatchReader,
        context: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        """Without ``redis`` others look for themselves. ``context`` is the application context that reading needs."""
        self._redis, self._rooms, self._connections = redis, rooms, connections
        self._reader, self._context = reader, context
        self._outbox: Queue[str] = Queue(OUTBOX_MOST)
        self._stale: dict[int, None] = {}
        self._news = Event()
        self._greenlets: list[gevent.Greenlet[[], None]] = []
        self.on_token: Callable[[str], None] = lambda _jti: None
        """Called with the jti of a token that was logged out elsewhere."""
        self.on_classic: Callable[[str, str, Sequence[object]], None] = lambda _room, _event, _said: None
        """Called with what was said in a classic room elsewhere: the room, the frame, and what it carries."""
        self._own_name = secrets.token_hex(8)

    # --- as a publisher

    def open(self, timeline: Timeline) -> None:
        """As ``RoomPublisher.open``; other processes learn of the match when its first event is published."""
        self._rooms.open(timeline)

    def publish(self, timeline: Timeline) -> None:
        """Bring the connections of this process up to date, and tell the others to look."""
        self._rooms.publish(timeline)
        outcome = timeline.state.outcome
        if timeline.version == 1:
            log.info("match_found", room=timeline.room, user_ids=timeline.user_ids)
        if outcome and not (timeline.known and timeline.known.outcome):
            FINISHED.labels(outcome.reason).inc()
            log.info("match_finished", room=timeline.room, reason=outcome.reason, winner_id=outcome.winner_id)
        news = {"match": timeline.match_id, "room": timeline.room, "version": timeline.version}
        self._tell({**news, "users": () if outcome else timeline.user_ids})

    def token_ended(self, jti: str) -> None:
        """A token was logged out here."""
        self._tell({"token": jti})

    def said(self, room: str, event: str, said: Sequence[object]) -> None:
        """A frame was sent to a classic room here. Unlike a match it has no journal, so the notice is the frame."""
        self._tell({"classic": room, "event": event, "said": list(said), "by": self._own_name})

    @property
    def has_redis(self) -> bool:
        """Whether there is a Redis to be told of."""
        return self._redis is not None

    def is_reachable(self) -> bool:
        """Whether Redis answers."""
        try:
            return self._redis is None or bool(self._redis.ping())
        except RedisError:
            return False

    # --- running

    def start(self) -> None:
        """Begin to listen and to tell."""
        self._greenlets = [gevent.spawn(self._read_all)]
        if self._redis is not None:
            redis = self._redis
            self._greenlets += [
                gevent.spawn(lambda: self._send_all(redis)),
                gevent.spawn(lambda: self._listen(redis)),
            ]

    def stop(self) -> None:
        """Listen no longer."""
        gevent.killall(self._greenlets)

    def look(self) -> None:
        """Look at every match that anybody here plays in or follows, whatever notices came."""
        if not self._connections.count():
            return
        for match_id, room, version, user_ids in self._reader.moving(self._rooms.rooms()):
            self._consider(match_id, room, version, user_ids)
        db.session.rollback()

    # --- what lies below

    def _tell(self, news: dict[str, Any]) -> None:
        if self._redis is None:
            return
        try:
            self._outbox.put_nowait(json.dumps(news))
        except Full:
            log.warning("news_dropped")

    def _consider(self, match_id: int, room: str, version: int, user_ids: Sequence[int]) -> None:
        if self._rooms.is_behind(match_id, room, version, user_ids):
            self._stale[match_id] = None
            self._news.set()

    def _send_all(self, redis: Redis) -> None:
        while True:
            news = [self._outbox.get()]
            try:
                while len(news) < 100:
                    news.append(self._outbox.get_nowait())
            except Empty:
                pass
            try:
                with redis.pipeline(transaction=False) as pipe:
                    for each in news:
                        pipe.publish(CHANNEL, each)
                    pipe.execute()
            except RedisError:  # what is lost here, the others see when they look
                gevent.sleep(RETRY_SECONDS)

    def _listen(self, redis: Redis) -> None:
        away = False
        while True:
            try:
                with redis.pubsub(ignore_subscribe_messages=True) as channel:  # type: ignore[no-untyped-call]
                    channel.subscribe(CHANNEL)
                    for message in channel.listen():
                        away = False
                        self._hear(json.loads(message["data"]))
            except RedisError as error:
                if not away:
                    log.warning("redis_away", error=str(error))
                away = True
                gevent.sleep(RETRY_SECONDS)
            except Exception:
                log.exception("news_not_understood")

    def _hear(self, news: dict[str, Any]) -> None:
        if "token" in news:
            self.on_token(news["token"])
        elif "classic" in news:
            if news["by"] != self._own_name:
                self.on_classic(news["classic"], news["event"], news["said"])
        else:
            self._consider(news["match"], news["room"], news["version"], news["users"])

    def _read_all(self) -> None:
        while True:
            self._news.wait()
            if not self._stale:
                self._news.clear()
                continue
            match_id = next(iter(self._stale))
            del self._stale[match_id]
            try:
                with self._context():
                    timeline = self._reader.journal_of(match_id)
                    db.session.remove()
                self._rooms.offer(timeline)
                self._rooms.publish(timeline)
            except Exception as error:  # whoever looks next sees it again
                log.warning("match_not_read", match_id=match_id, error=str(error).splitlines()[:1])
