"""Start Codemaze: ``python run.py``. Settings come from the environment and from ``.env`` beside this file."""

from gevent import monkey

monkey.patch_all()

from psycogreen.gevent import patch_psycopg

patch_psycopg()

import argparse
import sys

from sqlalchemy.exc import OperationalError

from application.base.config import InvalidSetting
from application.base.version import VERSION
from application.postgres import EmbeddedPostgresError
from application.serving import serve
from application.start import read_settings


def main() -> None:
    """Serve until told to stop; a start that fails ends with a sentence and status 1."""
    parser = argparse.ArgumentParser(description="Start Codemaze; .env.example lists its settings.")
    parser.add_argument("--version", action="version", version=f"Codemaze {VERSION}")
    parser.parse_args()
    try:
        serve(read_settings(), say=lambda line: print(line, flush=True))
    except (InvalidSetting, EmbeddedPostgresError, OSError) as error:
        sys.exit(f"Codemaze cannot start: {error}")
    except OperationalError as error:
        sys.exit(f"Codemaze cannot start: the database cannot be reached: {error.orig}")


if __name__ == "__main__":
    main()
