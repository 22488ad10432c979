"""What every sandbox starts with: a Python of its own, the files of ``inside`` and of the languages, and nothing else.

Made from the Python that runs the server: the interpreter, its libraries and a pruned standard library. It is an
allow-list: no packages, no project. What loads the filter of system calls (``seccompy``, with the ``ctypes`` it needs)
lies in a folder that a player's Python does not import from.
"""

from __future__ import annotations

import importlib.util
import py_compile
import shutil
import sys
import sysconfig
from pathlib import Path
from py_compile import PycInvalidationMode

from application.judge.languages.language import HARNESS, PACKAGES
from application.judge.languages.program import Mount
from application.judge.sandbox.libraries import shared_libraries
from application.judge.sandbox.runtime import Runtime, identity

INSIDE = Path(__file__).parent / "inside"
PYTHON = "/python/bin/python3"
LIBRARY_PATH = "/python/libraries"
IMPORT_PATH = "/judge:/judge/filter"

_LEFT_OUT = {
    *("site-packages", "dist-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3"),
    *("pydoc_data", "venv", "ctypes", "curses", "sqlite3", "dbm", "distutils", "LICENSE.txt", "EXTERNALLY-MANAGED"),
    *("sitecustomize.py", "usercustomize.py", "lib-dynload"),
}
_EXTENSIONS_LEFT_OUT = (
    *("_test", "_xx", "xx", "_ctypes", "_tkinter", "_curses", "readline", "_dbm", "_gdbm", "_sqlite3", "nis", "_ssl"),
    *("_hashlib", "_uuid", "_crypt", "ossaudiodev", "spwd", "syslog", "_multiprocessing", "_posixshmem"),
)

_NO_LIBRARIES = "def find_library(name):\n    return None\n"
"""Of ``ctypes.util``, all that is asked for. The whole of it looks for libraries by starting compilers, of which there
is none, and loads half of the standard library for that; without, what is asked of is Python itself, which has the
C library in it."""


class FilterMissing(Exception):
    """The package that filters system calls is not installed, or this Python cannot load it."""


def python_image(runtime: Runtime) -> tuple[Mount, ...]:
    """What to mount in a sandbox, made at the first use of this Python and this version of our code.

    Raises FilterMissing.
    """
    interpreter = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    standard_library = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix})).resolve()
    ours = [file for folder in (INSIDE, HARNESS, PACKAGES) for file in sorted(folder.iterdir()) if file.is_file()]
    seccompy = importlib.util.find_spec("seccompy")
    if seccompy is None or not seccompy.submodule_search_locations:
        raise FilterMissing("the package seccompy is not installed")
    filter_package = Path(seccompy.submodule_search_locations[0])
    made_of = [
        *(sys.version, identity(interpreter), standard_library, Path(__file__).read_bytes()),
        *(file.read_bytes() for file in (*ours, *sorted(filter_package.glob("*.py")))),
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
        extensions = standard_library / "lib-dynload"
        for extension in extensions.glob("*.so"):
            if not extension.name.startswith(_EXTENSIONS_LEFT_OUT):
                shutil.copy2(extension, library / "lib-dynload")
        judge = root / "judge"
        (judge / "filter").mkdir(parents=True)
        for file in ours:
            shutil.copy(file, judge)
        shutil.copytree(filter_package, judge / "filter" / "seccompy", ignore=shutil.ignore_patterns("__pycache__"))
        no_caches = shutil.ignore_patterns("__pycache__", "test", "macholib")
        shutil.copytree(standard_library / "ctypes", judge / "filter" / "ctypes", ignore=no_caches)
        (judge / "filter" / "ctypes" / "util.py").write_text(_NO_LIBRARIES)
        for extension in extensions.glob("_ctypes.*so"):
            shutil.copy2(extension, judge / "filter")
        # Every sandbox imports them, none can keep what it has compiled, and they took it a third of its start.
        for source in judge.rglob("*.py"):
            within = f"/{source.relative_to(root)}"
            py_compile.compile(str(source), None, within, True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
        programs = [interpreter, *(library / "lib-dynload").glob("*.so"), *(judge / "filter").glob("*.so")]
        libraries, loaders = shared_libraries(programs)
        (home / "libraries").mkdir()
        for name, file in libraries.items():
            shutil.copy(file, home / "libraries" / name)
        for loader in loaders:
            (root / "loaders" / loader.relative_to("/").parent).mkdir(parents=True, exist_ok=True)
            shutil.copy(loader, root / "loaders" / loader.relative_to("/"))

    tree = runtime.tree("python", made_of, build)
    loaders = [path for path in (tree / "loaders").rglob("*") if path.is_file()]
    return (
        Mount(tree / "python", "/python"),
        Mount(tree / "judge", "/judge"),
        *(Mount(loader, f"/{loader.relative_to(tree / 'loaders')}") for loader in loaders),
    )
