"""Perl: the interpreter of the system with the modules that come with it and no others; one process a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from application.judge.languages.comments import HEREDOC, LONG_DOUBLE, LONG_SINGLE, PAIRED, REGEX, CommentSyntax
from application.judge.languages.language import Host, Language
from application.judge.languages.missing import WITHIN, hinted
from application.judge.languages.naming import safe
from application.judge.languages.program import Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "Int", "float": "Num", "bool": "Bool", "string": "Str"}
_ZEROS = {"int": "0", "float": "0", "bool": "0", "string": "''", "list": "[]", "map": "{}", "optional": "undef"}
# A function of one of these names could be defined but not called by it.
_RESERVED = frozenset(
    "abs accept alarm and any all atan2 bind binmode bless break caller catch chdir chmod chomp chop chown chr chroot "
    "class close closedir cmp connect continue cos crypt dbmclose dbmopen default defer defined delete die do dump "
    "each else elsif endgrent endhostent endnetent endprotoent endpwent endservent eof eq eval evalbytes exec exists "
    "exit exp fc fcntl field fileno finally flock for foreach fork format formline ge getc getgrent getgrgid getgrnam "
    "gethostbyaddr gethostbyname gethostent getlogin getnetbyaddr getnetbyname getnetent getpeername getpgrp getppid "
    "getpriority getprotobyname getprotobynumber getprotoent getpwent getpwnam getpwuid getservbyname getservbyport "
    "getservent getsockname getsockopt given glob gmtime goto grep gt hex if index int ioctl isa join keys kill last "
    "lc lcfirst le length link listen local localtime lock log lstat lt m map method mkdir msgctl msgget msgrcv "
    "msgsnd my ne next no not oct open opendir or ord our pack package pipe pop pos print printf prototype push q qq "
    "qr quotemeta qw qx rand read readdir readline readlink readpipe recv redo ref rename require reset return "
    "reverse rewinddir rindex rmdir s say scalar seek seekdir select semctl semget semop send setgrent sethostent "
    "setnetent setpgrp setpriority setprotoent setpwent setservent setsockopt shift shmctl shmget shmread shmwrite "
    "shutdown sin sleep socket socketpair sort splice split sprintf sqrt srand stat state study sub substr symlink "
    "syscall sysopen sysread sysseek system syswrite tell telldir tie tied time times tr truncate try uc ucfirst "
    "umask undef unless unlink unpack unshift untie until use utime values vec wait waitpid wantarray warn when while "
    "write x xor y".split()
)
_QUOTE_LIKE = (
    rf"(?<![\w$@%&>{{])(?:(?:q[qwrx]?|m)\s*(?:{PAIRED}|(?P<a>[/!|,~#^])(?:\\.|(?!(?P=a)).)*(?P=a))"
    r"|(?:s|tr|y)(?P<b>[/!|,~#^])(?:\\.|(?!(?P=b)).)*(?P=b)(?:\\.|(?!(?P=b)).)*(?P=b))"
)
_SORTING = frozenset({"a", "b"})
"""The variables of sort's comparisons, which stop working where they are declared."""

_OBSTACLES = ((r"^\s*(package\s+[\w:]+)(?s:.*)\bsub\s+FUNCTION", WITHIN),)


@dataclass(frozen=True)
class Perl(Language):
    """Perl 5."""

    interpreter: Path
    mounts: tuple[Mount, ...]

    id = "perl"
    name = "Perl"
    suffix = ".pl"
    packages = ("perl",)
    comments = CommentSyntax(
        (r"^=[a-zA-Z].*?(?:^=cut[^\n]*|\Z)", r"^__(?:END|DATA)__$.*", r"(?<![$&])#[^\n]*"),
        (HEREDOC, _QUOTE_LIKE, LONG_DOUBLE, LONG_SINGLE, REGEX),
    )

    @classmethod
    def find(cls, host: Host) -> Perl:
        """perl, with its own modules; the compiled ones lie among the system's libraries."""
        interpreter = host.program("perl").resolve()
        version = host.told(interpreter, "-e", 'printf "%vd", $^V')
        mounts = host.mounts(str(interpreter), "/usr/share/perl")
        return cls(version, interpreter, (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function with its types as Perl's object systems write them."""
        names = [f"${safe(param.name, _SORTING)}" for param in signature.params]
        lines = "".join(f"# {name}: {_type(param.type)}\n" for name, param in zip(names, signature.params, strict=True))
        return (
            "use v5.36;\nno warnings 'recursion';\n\n"
            f"{lines}# returns {_type(signature.returns)}\n"
            f"sub {safe(signature.function, _RESERVED)} ({', '.join(names)}) {{\n"
            f"    # Write your solution here.\n    return {_ZEROS[signature.returns.kind]};\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's code is part of the request, with the types, and before the arguments. The order of a hash's
        keys is the same in every run."""
        text = code.encode("utf-8", "replace")
        types = " ".join(str(param.type) for param in signature.params)
        head = f"{safe(signature.function, _RESERVED)}\n{signature.returns}\n{types}\n{len(text)}\n".encode()

        def request(args: list[Any]) -> bytes:
            return b"%b%b\n%b" % (head, text, tokens(args, signature))

        run = Run(
            "each",
            (str(self.interpreter), "/judge/perl.pl"),
            (("PERL_HASH_SEED", "0"), ("PERL_PERTURB_KEYS", "0")),
            self.mounts,
            own_mib=32,
        )
        told = partial(hinted, function=safe(signature.function, _RESERVED), code=code, obstacles=_OBSTACLES)
        return Program(run, request, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"use v5.36;\n\nsub {safe(signature.function, _RESERVED)} ($x) {{\n    return $x;\n}}\n"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"ArrayRef[{_type(type_.element)}]"
    if type_.kind == "map":
        return f"HashRef[{_type(type_.element)}]"
    if type_.kind == "optional":
        return f"Maybe[{_type(type_.element)}]"
    return _NAMES[type_.kind]
