"""Where the system is not POSIX: a Python without its modules and its calls starts, checks, lays out and builds.

It is this Python with them taken out, so it says what is asked for and is not there; not what Windows itself does. One
call stays, « uname », with which this Python's own ctypes finds libraries.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from cli.running import BIB, SLUG, biblio, rewrite

# What « import » and « getattr » find on Linux alone, on POSIX alone (docs.python.org, « Availability »).
LINUX = """
import os, signal, sys
for name in "listxattr getxattr setxattr removexattr sched_getaffinity O_PATH O_TMPFILE".split():
    if hasattr(os, name):
        delattr(os, name)
"""
POSIX = (
    LINUX
    + """
for name in "fcntl grp pwd resource termios tty pty posix_ipc".split():
    sys.modules[name] = None
for name in (
    "fork forkpty register_at_fork geteuid getuid getegid getgid setsid setpgid getpgid killpg chown fchown lchown "
    "fchmod mkfifo mknod statvfs getgroups nice sync wait3 wait4 waitid posix_spawn posix_spawnp "
    "O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY O_NOCTTY O_SYNC O_DSYNC"
).split():
    if hasattr(os, name):
        delattr(os, name)
for name in dir(signal):
    if name.startswith("SIG") and name not in "SIGABRT SIGFPE SIGILL SIGINT SIGSEGV SIGTERM SIG_DFL SIG_IGN".split():
        delattr(signal, name)
for name in "pthread_sigmask pthread_kill setitimer getitimer ITIMER_PROF ITIMER_REAL alarm sigwait sigpending".split():
    delattr(signal, name)
"""
)
START = "\nfrom biblio.__main__ import main\nmain()\n"


@pytest.fixture(params=[LINUX, POSIX], ids=["not Linux", "not POSIX"])
def program(request: pytest.FixtureRequest) -> list[str]:
    return [sys.executable, "-c", request.param + START]


@pytest.mark.parametrize(
    "words",
    [["-V"], ["list"], ["check"], ["fmt", "--check"], ["show", "exemple-site"], ["explain", "F101"]],
    ids=lambda words: words[0],
)
def test_a_command_says_the_same(project: Path, program: list[str], words: list[str]) -> None:
    assert biblio(project, *words, program=program) == biblio(project, *words)


def test_a_build_gives_the_same_bytes(project: Path, program: list[str]) -> None:
    shutil.copy(project / "dossiers" / f"{SLUG}.yaml", project / "dossiers" / "autre.yaml")
    done = biblio(project, "build", "--format", "pdf,html", program=program)
    assert (done.code, done.err) == (0, "")
    made = {path.name: path.read_bytes() for path in (project / "build").glob("*.[hp]*")}
    assert len(made) == 4
    assert biblio(project, "build", "--format", "pdf,html", "--force").code == 0
    assert made == {path.name: path.read_bytes() for path in (project / "build").glob("*.[hp]*")}


def test_files_are_mended(project: Path, program: list[str]) -> None:
    rewrite(project / BIB, "{2024-03}", "{mars 2024}")
    mended = biblio(project, "check", "--fix", program=program)
    assert mended.code == 0, mended.err
    assert "{2024-03}" in (project / BIB).read_text(encoding="utf-8")
    rewrite(project / BIB, "  volume           = {12},", "  volume={12},")
    assert biblio(project, "fmt", program=program).code == 0
    assert "  volume           = {12},\n" in (project / BIB).read_text(encoding="utf-8")
