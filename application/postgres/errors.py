"""Every way the embedded PostgreSQL can fail to be there. Each message is for whoever runs the server."""

from __future__ import annotations


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


class BinariesMissing(EmbeddedPostgresError):
    """This environment has no PostgreSQL binaries, or cannot run them."""


class DataInUse(EmbeddedPostgresError):
    """Another server works on the same data."""


class DataStillInUse(EmbeddedPostgresError):
    """The PostgreSQL of a server that was killed does not go away."""


class DataOfAnotherVersion(EmbeddedPostgresError):
    """The data were written by another major version of PostgreSQL."""


class DataOfAnotherUser(EmbeddedPostgresError):
    """The data belong to another user of the operating system."""


class DataUnreachable(EmbeddedPostgresError):
    """The data lie where the account that runs PostgreSQL does not reach."""


class CannotInitialise(EmbeddedPostgresError):
    """The data folder could not be prepared."""


class CannotStart(EmbeddedPostgresError):
    """PostgreSQL did not come up."""
