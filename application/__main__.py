"""``python -m application --version``."""

from __future__ import annotations

import argparse

from application.base.version import VERSION


def main() -> None:
    """Say which version this is; the server itself is started by ``run.py``."""
    parser = argparse.ArgumentParser(prog="codemaze", description="make serve starts the server.")
    parser.add_argument("--version", action="version", version=f"Codemaze {VERSION}")
    parser.parse_args()
    parser.print_help()


if __name__ == "__main__":
    main()
