"""The Java virtual machine, which runs Java and Kotlin."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from application.judge.languages.language import Host, NotInstalled, harness
from application.judge.languages.program import APART, PREPARED, WORK, Build, Mount, Run
from application.judge.signature import Signature
from application.judge.verdicts import Limits

CLASSES = "classes"
"""The folder of compiled classes."""

_JAR = "harness.jar"
_HARNESS = ("module-info.java", "Harness.java", "Call.java", "Values.java")

NAMES = {"int": "Long", "float": "Double", "bool": "Boolean", "string": "String"}
"""The classes of scalars, in Java and in Kotlin."""

# One thread collects garbage and the quick compiler alone compiles: whatever other threads do is the player's CPU time.
_FLAGS = (
    *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=1", "-Xshare:auto"),
    *("-XX:-UsePerfData", "-XX:-UseContainerSupport", "-XX:-CreateCoredumpOnCrash"),
    # Standard output is for answers alone.
    *("-XX:+DisplayVMOutputToStderr", "-Xlog:disable"),
    *("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"),
    "-Djava.security.egd=file:/dev/urandom",  # a sandbox has no other
    "-Djava.security.manager=disallow",
)
_COMPILER_MIB = 512

READ = f"-XX:SharedArchiveFile={PREPARED}/"
WRITE = "-XX:ArchiveClassesAtExit="
"""A compiler's time is mostly that of loading its own classes. It writes an archive of them once, while it compiles
something, and reads it from then on."""


@dataclass(frozen=True)
class Jvm:
    """A Java development kit: its ``java``, and what that needs for running and for compiling."""

    java: Path
    version: str
    mounts: tuple[Mount, ...]

    @classmethod
    def find(cls, host: Host) -> Jvm:
        """The kit that ``javac`` is of, without its other programs; raises NotInstalled."""
        home = host.program("javac").resolve().parents[1]
        java = home / "bin" / "java"
        folders = host.mounts(str(java), str(home / "lib"), str(home / "conf"))
        if len(folders) != 3:
            raise NotInstalled(f"no Java development kit was found in {home}")
        # Debian keeps settings in a folder of its own and has links to them.
        settings = {(home / file).resolve().parent for file in ("lib/jvm.cfg", "conf/net.properties")}
        away = sorted(str(folder) for folder in settings if not folder.is_relative_to(home))
        version = re.search(r'version "([\d.]+)', host.told(java, "-version"))
        # Classes have the names of files, and names may have any letter in the locale C.UTF-8.
        mounts = (*folders, *host.mounts(*away, "/usr/lib/locale/C.utf8"), *host.libraries)
        return cls(java, version[1] if version else "", mounts)

    @property
    def environment(self) -> tuple[tuple[str, str], ...]:
        """Where the launcher finds its library: without /proc it does not know its own place. The folder of the virtual
        machine itself must not be added, or the launcher starts itself once more."""
        return (("LD_LIBRARY_PATH", str(self.java.parents[1] / "lib")), ("LC_ALL", "C.UTF-8"))

    def compiler(self, archive: str, *words: str) -> tuple[str, ...]:
        """The command of a compiler written in Java. ``archive`` is ``READ`` or ``WRITE`` and a file's name."""
        own = (f"-Xmx{_COMPILER_MIB}m", f"-Djava.io.tmpdir={WORK}", f"-Duser.home={WORK}")
        return (str(self.java), *_FLAGS, archive, *own, *words)

    def javac(self, *sources: str, archive: str = READ) -> tuple[str, ...]:
        """The command that compiles Java, with nothing that would run along with the compiler."""
        return self.compiler(
            f"{archive}javac.jsa",
            *("-m", "jdk.compiler/com.sun.tools.javac.Main", "-proc:none", "-implicit:none", "-encoding", "UTF-8"),
            *("-nowarn", "-Xlint:none", "-XDsuppressNotes", "-Xmaxerrs", "5", "-d", CLASSES, *sources),
        )

    @property
    def prepared(self) -> Build:
        """The archive of the Java compiler."""
        return replace(
            self._harness, commands=(self.javac(*_HARNESS, archive=WRITE),), products=("*.jsa",), most_mib=200
        )

    @property
    def harness(self) -> Build:
        """What calls the player's methods: a module, compiled once, that no class of a player can be part of, stand in
        front of or look into."""
        # A module in a folder would be read with java.nio, which asks for sockets.
        pack = (str(self.java), *_FLAGS, "-m", "jdk.jartool/sun.tools.jar.Main", "-cf", _JAR, "-C", CLASSES, ".")
        compiled = self._harness
        return replace(compiled, commands=(*compiled.commands, pack), products=(_JAR,), prepared=self.prepared)

    @property
    def _harness(self) -> Build:
        sources = {name: harness(name) for name in _HARNESS}
        return Build(sources, (self.javac(*_HARNESS),), (f"{CLASSES}/",), self.mounts, self.environment)

    def run(self, owner: str, signature: Signature, limits: Limits, function: str, libraries: tuple[Mount, ...]) -> Run:
        """One virtual machine for all calls of a method, which is looked for in the class ``owner`` first. The player's
        classes are on no path: the harness alone knows where they are."""
        path = ":".join(mount.target for mount in libraries) or f"{APART}/none"
        return Run(
            "serve",
            (
                *(str(self.java), *_FLAGS, f"-Xmx{limits.memory_mib}m", "-XX:MaxMetaspaceSize=64m"),
                *("-XX:MaxDirectMemorySize=16m", "-cp", path, "-p", f"{APART}/{_JAR}"),
                *("-m", "codemaze.judge/codemaze.judge.Harness", owner, function),
                *(str(param.type) for param in signature.params),
            ),
            self.environment,
            (*self.mounts, *libraries),
            result=1,
            threads=40,
            limit="data",
            own_mib=320,
        )
