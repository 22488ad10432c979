"""What tests of every kind need: a real PostgreSQL, a real judge, and databases that are ready to play."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url, text

from application.base.config import Settings
from application.base.database import db
from application.house import build
from application.judge.machine import Judge
from application.postgres import EmbeddedPostgres
from application.problems.catalogue import seed
from application.problems.catalogue.document import load_bank

BANK = Path(__file__).parent / "judge_cases" / "bank"
"""The problems that are played in tests, each with a solution in JavaScript beside it, and each as it was when the
programs of ``judge_cases/programs`` were written for it."""

PLAYABLE = "playable"
"""The database that others are copied from: migrated, with the bank proven and in play."""


PATIENCE_SECONDS = 240.0
"""How long a test waits for what comes in a moment on a quiet machine: longer than any that works lets it wait."""

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is no fault of what is tried

RUN_FOLDER = "CODEMAZE_TEST_RUN"
"""Names, in the environment of every process of a test run, the folder that they share."""


def pytest_configure(config: pytest.Config) -> None:
    """What compilers make once is made once in a test run, not once in each of its processes."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="codemaze-tests-")
        Path(os.environ[RUN_FOLDER]).chmod(0o755)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The folder of the test run goes with it."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[RUN_FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def workspace() -> Path:
    """A folder of this process's own that an unprivileged user can reach, too. What compilers made is the run's."""
    shared = Path(os.environ[RUN_FOLDER])
    folder = Path(tempfile.mkdtemp(dir=shared))
    (shared / "products").mkdir(exist_ok=True)
    (folder / "sandbox").mkdir()
    (folder / "sandbox" / "products").symlink_to(shared / "products")
    for made in (folder, folder / "sandbox"):
        made.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def judge(workspace: Path) -> Judge:
    """The judge of this machine; without it nothing can be tested."""
    found = Judge.at(workspace / "sandbox")
    assert found.self_test.ok, found.self_test.problems
    return found


@pytest.fixture(scope="session")
def postgres(workspace: Path) -> Iterator[str]:
    """The URL of a real PostgreSQL for this test run."""
    with EmbeddedPostgres(workspace / "postgres", print) as server:
        url = server.start()
        # No test cuts the power, and hundreds of databases would be written through to the disk, and vacuumed in turn.
        cluster = workspace / "postgres" / "cluster"
        with (cluster / "postgresql.auto.conf").open("a") as settings:
            settings.write("fsync = off\nautovacuum = off\n")
        os.kill(int((cluster / "postmaster.pid").read_text().split()[0]), signal.SIGHUP)
        yield url


class Databases:
    """Makes databases on one PostgreSQL, copied from the playable one."""

    def __init__(self, url: str, judge: Judge) -> None:
        self._server, self._count = url, 0
        url = self._create(PLAYABLE, "template1")
        app, codemaze = build(replace(Settings(), database_url=url, jwt_secret_key="k" * 32), judge)
        with app.app_context():
            upgrade(revision="heads")
            seed.keep(codemaze.catalogue.problems, load_bank(BANK))
            assert judge.grader
            seed.prove_all(codemaze.catalogue.problems, judge.grader, 1, lambda _line: None)
            assert codemaze.catalogue.problems.count_in_play() == len(list(load_bank(BANK)))
            db.session.remove()
            db.engine.dispose()

    def new(self) -> str:
        """The URL of a fresh playable database."""
        self._count += 1
        return self._create(f"test_{self._count}", PLAYABLE)

    def empty(self) -> str:
        """The URL of a fresh database with nothing in it, not even tables."""
        self._count += 1
        return self._create(f"test_{self._count}", "template1")

    def _create(self, name: str, template: str) -> str:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
        engine.dispose()
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def databases(postgres: str, judge: Judge) -> Databases:
    """Fresh playable databases, for whoever asks."""
    return Databases(postgres, judge)
