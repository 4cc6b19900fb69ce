"""Hostile repositories: what their configurations name is not run, nor fetched, when an edition is asked of git."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from robustness.atelier import SECRET, SLUG, Atelier, listening, make
from robustness.child import environment, run
from robustness.figure import OWN_FAULT

MINE = f"references/{SLUG}.bib"


@dataclass(frozen=True, slots=True)
class Repository:
    """An atelier under git; ``trap`` is a program that leaves a ``mark`` when it is run."""

    atelier: Atelier
    trap: Path
    mark: Path

    def git(self, *words: str, given: str = "") -> str:
        """What git answers; these commands are ours, before the configuration is the stranger's."""
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false"]
        done = subprocess.run(
            ["git", *who, *words],
            cwd=self.atelier.root,
            env=environment(self.atelier.root, **quiet),
            input=given.encode(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def configure(self, **settings: str) -> None:
        """Sets what a configuration may name: ``core__sshCommand`` for « core.sshCommand »."""
        for name, value in settings.items():
            self.git("config", name.replace("__", "."), self.filled(value))

    def filled(self, value: str) -> str:
        """A value with the trap and the listener of this repository in it."""
        host = f"127.0.0.1:{self.atelier.port}"
        return value.replace("<TRAP>", str(self.trap)).replace("<HOST>", host)

    def lose(self, name: str) -> None:
        """Takes an object away, as one that a partial clone has not fetched is not there."""
        found = self.git("rev-parse", name)
        path = self.atelier.root / ".git" / "objects" / found[:2] / found[2:]
        path.chmod(0o600)
        path.unlink()


Change = Callable[[Repository], None]


def _configured(settings: Mapping[str, str], repository: Repository) -> None:
    (repository.atelier.root / ".gitattributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    repository.configure(**settings)


def _hooks(repository: Repository) -> None:
    folder = repository.atelier.root / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        shutil.copy(repository.trap, folder / name)


def _partial(url: str, missing: str, repository: Repository) -> None:
    repository.configure(
        core__repositoryformatversion="1",
        extensions__partialClone="origin",
        remote__origin__url=url,
        remote__origin__promisor="true",
        remote__origin__partialclonefilter="blob:none",
        remote__origin__uploadpack="<TRAP>",
        core__sshCommand="<TRAP>",
        protocol__allow="always",
        protocol__ext__allow="always",
        protocol__file__allow="always",
    )
    repository.lose(missing)


def _signed(repository: Repository) -> None:
    tree, head = repository.git("write-tree"), repository.git("rev-parse", "HEAD")
    text = (
        f"tree {tree}\nparent {head}\nauthor A <a@example.org> 1649600000 +0000\n"
        "committer A <a@example.org> 1649600000 +0000\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\nsigned\n"
    )
    made = repository.git("hash-object", "-t", "commit", "-w", "--stdin", given=text)
    repository.git("reset", "-q", "--soft", made)
    repository.configure(log__showSignature="true", gpg__program="<TRAP>", gpg__openpgp__program="<TRAP>")


def _elsewhere(repository: Repository) -> None:
    """Objects that another folder of the machine lends: the secret is among them."""
    lent = repository.atelier.vault / "objects"
    secret = repository.git("hash-object", "-w", str(repository.atelier.vault / "secret.bib"))
    shutil.move(repository.atelier.root / ".git" / "objects" / secret[:2], lent / secret[:2])
    (repository.atelier.root / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (repository.atelier.root / ".git" / "objects" / "info" / "alternates").write_text(f"{lent}\n", encoding="utf-8")


def _linked(repository: Repository) -> None:
    (repository.atelier.root / "references" / "lien.bib").symlink_to(repository.atelier.vault / "secret.bib")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "a link")
    (repository.atelier.root / "references" / "lien.bib").unlink()


_PROGRAMS = {
    "an editor, a pager, a password": {
        "core__pager": "<TRAP>",
        "core__editor": "<TRAP>",
        "core__askPass": "<TRAP>",
        "sequence__editor": "<TRAP>",
        "credential__helper": "!<TRAP>",
    },
    "a monitor of files": {"core__fsmonitor": "<TRAP>", "core__untrackedCache": "true"},
    "an external diff": {"diff__external": "<TRAP>", "diff__x__command": "<TRAP>", "diff__x__textconv": "<TRAP>"},
    "filters": {
        "filter__x__smudge": "<TRAP>",
        "filter__x__clean": "<TRAP>",
        "filter__x__process": "<TRAP>",
        "filter__x__required": "true",
        "merge__x__driver": "<TRAP>",
    },
    "pagers of commands": {"pager__rev-list": "<TRAP>", "pager__cat-file": "<TRAP>", "pager__ls-tree": "<TRAP>"},
    "aliases": {"alias__cat-file": "!<TRAP>", "alias__rev-list": "!<TRAP>", "alias__ls-tree": "!<TRAP>"},
    "a transport": {
        "core__sshCommand": "<TRAP>",
        "core__gitProxy": "<TRAP>",
        "remote__origin__vcs": "<TRAP>",
        "remote__origin__uploadpack": "<TRAP>",
        "uploadpack__packObjectsHook": "<TRAP>",
        "core__alternateRefsCommand": "<TRAP>",
    },
    "hooks elsewhere": {"core__hooksPath": "<TRAP>"},
}

REPOSITORIES: Mapping[str, Change] = {
    **{f"repository: {name}": partial(_configured, settings) for name, settings in _PROGRAMS.items()},
    "repository: hooks": _hooks,
    "repository: a signature": _signed,
    "repository: objects of others": _elsewhere,
    "repository: a link to a secret": _linked,
    "partial clone over ssh": partial(_partial, "ssh://hote.invalid/depot", f"HEAD:{MINE}"),
    "partial clone over http": partial(_partial, "http://<HOST>/depot", f"HEAD:{MINE}"),
    "partial clone over git": partial(_partial, "git://<HOST>/depot", f"HEAD:{MINE}"),
    "partial clone of a folder": partial(_partial, ".", f"HEAD:{MINE}"),
    "partial clone by a program": partial(_partial, "ext::<TRAP>", f"HEAD:{MINE}"),
    "partial clone without its trees": partial(_partial, "http://<HOST>/depot", "HEAD:references"),
}


def try_repository(name: str) -> list[str]:
    """What one repository got through, in words."""
    with tempfile.TemporaryDirectory() as folder, listening() as listener:
        atelier = make(Path(folder), listener.port)
        trap, mark = Path(folder) / "piege", Path(folder) / "marque"
        trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {shlex.quote(str(mark))}\nexit 1\n', encoding="utf-8")
        trap.chmod(0o755)
        repository = Repository(atelier, trap, mark)
        repository.git("init", "-q", "-b", "main")
        repository.git("add", "-A")
        repository.git("commit", "-q", "-m", "first")
        REPOSITORIES[name](repository)
        done = run(["diff", SLUG, "--since", "HEAD"], atelier.root, GIT_CEILING_DIRECTORIES=folder)
        found = [f"ran {line}" for line in mark.read_text("utf-8").splitlines()] if mark.exists() else []
        found += [f"{listener.calls} connections"] if listener.calls else []
        found += ["the secret in what is said"] if SECRET in done.said else []
        found += ["a fault of the program"] if OWN_FAULT.search(done.said) else []
        missing = name.startswith("partial")
        if missing != ("E114" in done.said) or done.code != (2 if missing else 0):
            found.append(f"exit code {done.code}: {done.said[:80]}")
        return found
