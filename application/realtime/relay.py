"""What other server processes have to know: that a match has moved on, that a token was logged out, what was said in a
classic room or in a chat, whose code has changed.

Redis carries notices, and a notice only says what to look at: the journal in PostgreSQL is the truth. Notices can be
missing: Redis may restart, and an operator's command that ends a match sends none. Therefore every process also
looks at all matches it follows once a second. Nothing makes up for a lost notice of a chat: what was said is kept,
and can be read again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, TypeVar

import gevent
import structlog
from gevent.event import Event
from gevent.queue import Empty, Full, Queue
from redis import Redis, RedisError

from application.realtime.connections import Connections
from application.realtime.feed import Feed, Followed

CHANNEL = "codemaze:news"
MAX_OUTBOX = 10_000
RETRY_SECONDS = 1.0

log = structlog.get_logger()


J = TypeVar("J", bound=Followed[Any])


Read = TypeVar("Read", bound=Followed[Any], covariant=True)


class Journals(Protocol[Read]):
    """The journals, as they are read for those who follow them."""

    def read(self, room: str) -> Read:
        """The journal of a room as it is now."""
        ...

    def read_after(self, room: str, after: int) -> Read:
        """The same, with all that came after event number ``after``, of whatever match."""
        ...

    def moving(self, rooms: Sequence[str]) -> list[tuple[int, str, int, list[int]]]:
        """Match, room, version and players of all that goes on, and of what was last in these rooms."""
        ...


class Relay(Generic[J]):
    """A publisher for several processes: brings news to the connections of this one, and tells the others."""

    def __init__(
        self,
        redis: Redis | None,
        feed: Feed[J],
        connections: Connections,
        context: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        """Without ``redis`` others look for themselves. ``context`` is the application context that reading needs."""
        self._redis, self._feed, self._connections, self._context = redis, feed, connections, context
        self._journals: Journals[J] | None = None
        self._outbox: Queue[str] = Queue(MAX_OUTBOX)
        self._stale: dict[str, None] = {}
        self._news = Event()
        self._greenlets: list[gevent.Greenlet[[], None]] = []
        self.on_token: Callable[[str], None] = lambda _jti: None
        """Called with the jti of a token that was logged out elsewhere."""
        self.on_classic: Callable[[str, str, Sequence[object]], None] = lambda _room, _event, _said: None
        """Called with what was said in a classic room elsewhere: the room, the frame, and what it carries."""
        self.on_talk: Callable[[str, int], None] = lambda _became, _message_id: None
        """Called with what became of a message of a chat elsewhere, and its number, one after the other."""
        self.on_code: Callable[[str, int], None] = lambda _room, _user_id: None
        """Called with the room in which a player's code was kept elsewhere, and the player."""
        self._talk: Queue[tuple[str, int]] = Queue(MAX_OUTBOX)
        self._own_name = secrets.token_hex(8)

    # --- as a publisher

    def read_from(self, journals: Journals[J]) -> None:
        """Where journals that moved on elsewhere are read."""
        self._journals = journals

    def open(self, journal: J) -> None:
        """As ``Feed.open``; other processes learn of the match when its first event is published."""
        self._feed.open(journal)

    def publish(self, journal: J) -> None:
        """Bring the connections of this process up to date, and tell the others to look."""
        self._bring(journal)
        news = {"match": journal.match_id, "room": journal.room, "version": journal.version}
        self._tell({**news, "users": () if journal.is_over else journal.user_ids})

    def token_ended(self, jti: str) -> None:
        """A token was logged out here."""
        self._tell({"token": jti})

    def said(self, room: str, event: str, said: Sequence[object]) -> None:
        """A frame was sent to a classic room here. Unlike a match it has no journal, so the notice is the frame."""
        self._tell({"classic": room, "event": event, "said": list(said), "by": self._own_name})

    def talked(self, became: str, message_id: int) -> None:
        """Something became of a message of a chat here."""
        self._tell({"message": message_id, "became": became, "by": self._own_name})

    def code_kept(self, room: str, user_id: int) -> None:
        """The code of a player in this room was kept here."""
        self._tell({"code_of": user_id, "room": room, "by": self._own_name})

    @property
    def has_redis(self) -> bool:
        """Whether Redis is used."""
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
                gevent.spawn(self._hand_on_talk),
            ]

    def stop(self) -> None:
        """Listen no longer."""
        gevent.killall(self._greenlets)

    def look(self) -> None:
        """Look at every match that anybody here plays in or follows, whatever notices came."""
        if not self._connections.count() or self._journals is None:
            return
        for match_id, room, version, user_ids in self._journals.moving(self._feed.rooms()):
            self._consider(match_id, room, version, user_ids)

    # --- what lies below

    def _tell(self, news: dict[str, Any]) -> None:
        if self._redis is None:
            return
        try:
            self._outbox.put_nowait(json.dumps(news))
        except Full:
            log.warning("news_dropped")

    def _consider(self, match_id: int, room: str, version: int, user_ids: Sequence[int]) -> None:
        if self._feed.is_behind(match_id, room, version, user_ids):
            self._stale[room] = None
            self._news.set()

    def _bring(self, journal: J) -> None:
        if self._feed.missed(journal) is not None:  # what they have missed is read, and brought with the rest
            self._stale[journal.room] = None
            self._news.set()
        self._feed.publish(journal)

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
        elif "message" in news:
            if news["by"] != self._own_name and not self._talk.full():
                self._talk.put_nowait((news["became"], news["message"]))
        elif "code_of" in news:
            if news["by"] != self._own_name:
                self.on_code(news["room"], news["code_of"])
        else:
            self._consider(news["match"], news["room"], news["version"], news["users"])

    def _hand_on_talk(self) -> None:
        """Apart from the journals, so that no flood of talk holds them up."""
        while True:
            became, message_id = self._talk.get()
            try:
                with self._context():
                    self.on_talk(became, message_id)
            except Exception as error:
                log.warning("talk_not_handed_on", message_id=message_id, error=str(error).splitlines()[:1])

    def _read_all(self) -> None:
        while True:
            self._news.wait()
            if not self._stale:
                self._news.clear()
                continue
            room = next(iter(self._stale))
            del self._stale[room]
            try:
                with self._context():
                    self._look_at(room)
            except Exception as error:  # whoever looks next sees it again
                log.warning("journal_not_read", room=room, error=str(error).splitlines()[:1])

    def _look_at(self, room: str) -> None:
        assert self._journals is not None, "news come after the start"
        journal = self._journals.read(room)
        self._feed.offer(journal)
        missed = self._feed.missed(journal)
        if missed is not None:
            journal = self._journals.read_after(room, missed)
        self._feed.publish(journal)
