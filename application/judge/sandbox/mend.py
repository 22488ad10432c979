"""Why this machine refuses a sandbox, and what usually helps."""

from __future__ import annotations

from pathlib import Path


def mend(complaint: str) -> str:
    """A complaint of bubblewrap with what usually helps against it on this machine."""
    return f"{complaint}. {_remedy(complaint)}".strip()


def _remedy(complaint: str) -> str:
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "User namespaces are switched off; switch them on with: sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("user/max_user_namespaces") == "0":
        return "User namespaces are switched off; switch them on with: sysctl -w user.max_user_namespaces=15000"
    if "eccomp" in complaint or "Errno 38" in complaint:
        return (
            "The kernel has no seccomp filters (CONFIG_SECCOMP_FILTER), or this is not x86_64 or aarch64; see "
            "docs/operations.md"
        )
    if not any(sign in complaint for sign in ("namespace", "uid map", "ermission", "ermitted")):
        return ""
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor restricts user namespaces to programs with a profile; docs/operations.md has one for the "
            "distribution's bubblewrap. Or: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return (
            "This is a container whose seccomp profile forbids user namespaces; start it with "
            "--security-opt seccomp=unconfined --security-opt systempaths=unconfined"
        )
    return "The kernel refused a user namespace; see the operations guide."


def _setting(name: str) -> str:
    try:
        return (Path("/proc/sys") / name).read_text().strip()
    except OSError:
        return ""
