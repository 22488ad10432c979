"""Start a judge worker: ``python worker.py``. Settings come from the environment and from ``.env`` beside this file."""

import sys

from redis import RedisError

from application.base.config import InvalidSetting
from application.start import read_settings
from application.working import JudgingIsOff, work


def main() -> None:
    """Work until told to stop; a start that fails ends with a sentence and status 1."""
    try:
        work(read_settings(), say=lambda line: print(line, flush=True))
    except (InvalidSetting, JudgingIsOff, RedisError) as error:
        sys.exit(f"The judge worker cannot start: {error}")


if __name__ == "__main__":
    main()
