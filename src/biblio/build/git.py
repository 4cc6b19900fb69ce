"""Asks git for what a repository keeps: nothing is changed, nothing fetched, nothing run that the repository names.

A repository may come from a stranger, in an archive, with a configuration of its own. Only commands that read are used
here (rev-parse, rev-list, ls-tree …), and of those that run no hook, filter, pager, text converter or signature
program; what could still be configured is set here. An object that a partial clone has not fetched is missing: no
protocol is allowed, so that Git before 2.44, which knows no other way, does not go and get it either. Words of the user
reach git as single arguments, no shell in between, and never as options.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from biblio.words.faults import BiblioError, diagnose

SECONDS = 60.0  # a configuration that includes a pipe would keep git waiting
_COMMIT = re.compile(rb"[0-9a-f]{40,64}")
_FILE = re.compile(rb"(?P<mode>\d+) blob (?P<name>[0-9a-f]+)\t(?P<path>.+)", re.DOTALL)
_REGULAR = (b"100644", b"100755")
_SETTINGS = (
    "core.fsmonitor=",  # empty: in Git before 2.36 a word would be a program
    f"core.hooksPath={os.devnull}",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.alternateRefsCommand=false",
    "core.askPass=false",
    "credential.helper=",
    "protocol.allow=never",
    "log.showSignature=false",
    "i18n.logOutputEncoding=UTF-8",
    "commit.gpgSign=false",
    "gpg.program=false",
    "diff.external=",
    "fetch.recurseSubmodules=false",
    "maintenance.auto=false",
    "gc.auto=0",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",  # of what may be fetched over: none, whatever a configuration says
    "GIT_NO_LAZY_FETCH": "1",  # Git 2.44
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "false",
    "GIT_SSH_COMMAND": "false",
    "GIT_PAGER": "cat",
}


def require_repository(root: Path) -> None:
    """Raises ``BiblioError`` (E114) when the project is in no repository that git will read."""
    done = run(root, "rev-parse", "--is-inside-work-tree")
    if done.returncode:
        raise _refusal(done)


def commit_of(root: Path, revision: str) -> str | None:
    """The commit that a revision names; ``None`` when it names none, or several."""
    done = run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    found = done.stdout.strip()
    return found.decode("ascii") if not done.returncode and _COMMIT.fullmatch(found) else None


def last_before(root: Path, seconds: int) -> str | None:
    """The last commit of the main line before a moment, in seconds since 1970."""
    found = commits(root, "-1", "--first-parent", f"--before=@{seconds} +0000", "HEAD", "--")
    return found[0] if found else None


def commits_of(root: Path, folders: Sequence[str]) -> Sequence[str]:
    """The commits that changed something in these folders of the project, the last one first."""
    return commits(root, "HEAD", "--", *folders)


def commits(root: Path, *words: str) -> Sequence[str]:
    """What ``rev-list`` answers; nothing when there is no commit yet."""
    done = run(root, "rev-list", *words)
    if done.returncode and commit_of(root, "HEAD") is not None:
        raise _refusal(done)
    return [line.decode("ascii") for line in done.stdout.splitlines() if _COMMIT.fullmatch(line)]


def files_of(root: Path, commit: str, places: Sequence[str]) -> Iterator[tuple[bytes, str]]:
    """The files of the project at a commit, at or under these places: their paths, and the names of their contents.

    Without places these are all of its folder. Links and submodules are none.
    Raises ``BiblioError`` (E114) for a folder that the repository does not hold.
    """
    done = run(root, "ls-tree", "-r", "-z", commit, "--", *places)
    if done.returncode:
        raise _refusal(done)
    for row in done.stdout.split(b"\0"):
        match = _FILE.fullmatch(row)
        if match and match["mode"] in _REGULAR:
            yield match["path"], match["name"].decode("ascii")


def contents(root: Path, names: Sequence[str], most: int) -> Iterator[bytes]:
    """The contents of these names, in their order. Raises ``BiblioError`` (E114) for one that is missing, or too big.

    They are weighed before they are asked for: together they may have ``most`` bytes.
    """
    given = "".join(f"{name}\n" for name in names).encode()
    weighed = run(root, "cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", given=given)
    rows = weighed.stdout.splitlines()
    for row in rows:
        if not re.fullmatch(rb"[0-9a-f]+ blob \d+", row):  # « … missing »
            raise BiblioError(diagnose("E114", reason=row.decode(errors="replace")))
    if weighed.returncode or len(rows) != len(names):
        raise _refusal(weighed)
    if sum(int(row.rsplit(b" ", 1)[1]) for row in rows) > most:
        raise BiblioError(diagnose("E114", reason=os.strerror(27)))
    done = run(root, "cat-file", "--batch", given=given)
    position = 0
    for row in rows:
        ends = done.stdout.find(b"\n", position)
        if done.returncode or done.stdout[position:ends] != row:
            raise _refusal(done)
        size = int(row.rsplit(b" ", 1)[1])
        yield done.stdout[ends + 1 : ends + 1 + size]
        position = ends + 1 + size + 1


def told(root: Path, most: int, places: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """The last commits that changed these places: name, author, seconds since 1970, first line of what is said."""
    form = "--format=%H%x00%an%x00%at%x00%s"
    if commit_of(root, "HEAD") is None:
        return
    for line in answer(root, "rev-list", f"--max-count={most}", form, "HEAD", "--", *places).splitlines():
        match line.split("\0"):
            case [name, author, seconds, subject]:
                yield name, author, seconds, subject
            case _:  # « commit … », which stands before each
                continue


def ignored(root: Path, paths: Sequence[str]) -> Sequence[str]:
    """Those of some paths that the repository says it does not keep."""
    done = run(root, "check-ignore", "-z", "--stdin", given=b"".join(os.fsencode(path) + b"\0" for path in paths))
    if done.returncode > 1:
        raise _refusal(done)
    return [os.fsdecode(path) for path in done.stdout.split(b"\0") if path]


def setting(root: Path, name: str) -> str:
    """A setting of git's; empty when it is not set."""
    done = run(root, "config", "--get", name)
    return done.stdout.decode(errors="replace").strip()


def answer(root: Path, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> str:
    """What git answers, without the line end. Raises ``BiblioError`` (E114) when it refuses."""
    done = run(root, *words, given=given, more=more)
    if done.returncode:
        raise _refusal(done)
    return os.fsdecode(done.stdout).rstrip("\n")


def _refusal(done: subprocess.CompletedProcess[bytes]) -> BiblioError:
    """What git says against it: the last line that is not only a warning, in whatever language and encoding."""
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("warning:", "hint:"))]
    return BiblioError(diagnose("E114", reason=(told or lines or ["–"])[0].strip()))


def run(
    root: Path, *words: str, given: bytes = b"", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs git in the project's folder. Raises ``BiblioError`` (E113) when it cannot be started, or does not answer."""
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        return subprocess.run(
            ["git", "--no-pager", *settings, *words],
            cwd=root,
            env={**os.environ, **_ENVIRONMENT, **(more or {})},
            input=given,
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BiblioError(diagnose("E113", reason=os.strerror(110))) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in an argument
        raise BiblioError(diagnose("E113", reason=getattr(error, "strerror", None) or str(error))) from error
