"""A real PostgreSQL of our own for a server that was given no ``DATABASE_URL``.

``launcher`` starts and stops it, ``cluster`` holds the data folder and what is in it, ``binaries`` finds the programs,
``supervisor`` is the small process between the server and PostgreSQL that ties the one's life to the other's.
Standard library only, plain or under gevent.
"""

from application.postgres.errors import (
    BinariesMissing,
    CannotInitialise,
    CannotStart,
    DataInUse,
    DataOfAnotherUser,
    DataOfAnotherVersion,
    DataStillInUse,
    DataUnreachable,
    EmbeddedPostgresError,
)
from application.postgres.launcher import EmbeddedPostgres, url_of_running

__all__ = [
    "BinariesMissing",
    "CannotInitialise",
    "CannotStart",
    "DataInUse",
    "DataOfAnotherUser",
    "DataOfAnotherVersion",
    "DataStillInUse",
    "DataUnreachable",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "url_of_running",
]
