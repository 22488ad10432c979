"""The file system that every sandbox starts with: a Python of its own and nothing else.

Made from the Python that runs the server: the interpreter, its libraries and a pruned standard library. It is an
allow-list: no packages, no project, and no module that loads machine code of a program's choice (``ctypes``), so
that a player's Python cannot make system calls which Python itself does not offer.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

from application.judge.sandbox.libraries import shared_libraries
from application.judge.sandbox.runtime import Runtime, identity

INSIDE = Path(__file__).parent / "inside"
PYTHON = "/python/bin/python3"
LIBRARY_PATH = "/lib"
LANGUAGE = "/language"
"""Where another language's tree is mounted."""

_LEFT_OUT = {
    *("site-packages", "dist-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3"),
    *("pydoc_data", "venv", "ctypes", "curses", "sqlite3", "dbm", "distutils", "LICENSE.txt", "EXTERNALLY-MANAGED"),
    *("sitecustomize.py", "usercustomize.py", "lib-dynload"),
}
_EXTENSIONS_LEFT_OUT = (
    *("_test", "_xx", "xx", "_ctypes", "_tkinter", "_curses", "readline", "_dbm", "_gdbm", "_sqlite3", "nis", "_ssl"),
    *("_hashlib", "_uuid", "_crypt", "ossaudiodev", "spwd", "syslog", "_multiprocessing", "_posixshmem"),
)


def python_image(runtime: Runtime) -> Path:
    """The tree to mount as the sandbox's root, made at the first use of this Python and this version of our code."""
    interpreter = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    standard_library = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix})).resolve()
    inside = sorted(INSIDE.iterdir())
    made_of = [
        *(sys.version, identity(interpreter), standard_library, Path(__file__).read_bytes()),
        *(file.read_bytes() for file in inside if file.is_file()),
    ]

    def build(root: Path) -> None:
        home = root / "python"
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        library = home / "lib" / version
        (home / "bin").mkdir(parents=True)
        shutil.copy(interpreter, home / "bin" / "python3")
        shutil.copytree(
            standard_library,
            library,
            ignore=lambda _, names: [name for name in names if name in _LEFT_OUT or name.startswith("config-")],
        )
        (library / "lib-dynload").mkdir()
        for extension in (standard_library / "lib-dynload").glob("*.so"):
            if not extension.name.startswith(_EXTENSIONS_LEFT_OUT):
                shutil.copy2(extension, library / "lib-dynload")
        libraries, loaders = shared_libraries([interpreter, *(library / "lib-dynload").glob("*.so")])
        (root / "lib").mkdir()
        for name, file in libraries.items():
            shutil.copy(file, root / "lib" / name)
        for loader in loaders:
            (root / loader.relative_to("/").parent).mkdir(parents=True, exist_ok=True)
            shutil.copy(loader, root / loader.relative_to("/"))
        (root / "judge").mkdir()
        for file in inside:
            if file.is_file():
                shutil.copy(file, root / "judge")
        for folder in ("dev", "tmp", LANGUAGE.lstrip("/")):
            (root / folder).mkdir()
        (root / "dev" / "null").touch()

    return runtime.tree("python", made_of, build)
