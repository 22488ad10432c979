"""``make cluster``: the cluster on loopback, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading

from application.base import address
from application.base.config import InvalidSetting
from application.postgres import EmbeddedPostgresError
from application.start import read_settings
from application.web.server import must_be_free
from cluster import Cluster, Missing


def main() -> None:
    """Start it, say where it is, and wait for Ctrl-C."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    try:
        settings = read_settings()
        must_be_free("127.0.0.1", settings.port)
        folder = settings.data_folder / "cluster"
        folder.mkdir(parents=True, exist_ok=True)
        cluster = Cluster(folder, {}, port=settings.port)
        with cluster, address.kept(settings.data_folder, cluster.url):
            print(f"\n  Codemaze's cluster is ready   {cluster.url}")
            print(f"  servers    {', '.join(cluster.url_of(number) for number in range(len(cluster.servers)))}")
            print(f"  workers    {len(cluster.workers)}, over {cluster.redis_url}")
            print(f"  logs       {folder}\n  stop it    Ctrl-C\n", flush=True)
            stopping.wait()
            print("Stopping.", flush=True)
    except (InvalidSetting, Missing, RuntimeError, EmbeddedPostgresError, OSError) as error:
        sys.exit(f"The cluster cannot start: {error}")


if __name__ == "__main__":
    main()
