"""Commands that start at once: a process has loaded biblio, as ``python -m biblio`` does, and forks for each of them.

What a command prints and how it ends are those of a program of its own; only the loading is shared. Those that look at
how Python starts (another locale, another user, no library) start a program instead.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryFile

import biblio

SECONDS = 120


def run(words: Sequence[str], folder: Path, env: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """Runs ``biblio`` with these words in a folder: its exit code, and what it printed on both streams."""
    with TemporaryFile() as out, TemporaryFile() as err:
        request = json.dumps({"words": list(words), "folder": str(folder), "env": dict(env)}).encode(
            "utf-8", "surrogateescape"
        )
        socket.send_fds(_nursery(), [len(request).to_bytes(4, "big")], [out.fileno(), err.fileno()])
        _nursery().sendall(request)
        code = int.from_bytes(_received(_nursery(), 4), "big", signed=True)
        out.seek(0)
        err.seek(0)
        return code, out.read(), err.read()


@cache
def _nursery() -> socket.socket:
    """This end of the pipe to the process that forks, which ends with this one."""
    ours, theirs = socket.socketpair()
    ours.settimeout(SECONDS)
    process = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()])
    theirs.close()

    def end() -> None:
        ours.close()  # the other process leaves when there is nothing more to read
        process.wait(SECONDS)

    atexit.register(end)
    return ours


def _received(pipe: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = pipe.recv(size - len(found))
        if not piece:
            raise EOFError
        found += piece
    return found


def _serve(pipe: socket.socket) -> None:
    """Forks for each request, until the other end is closed."""
    sys.path[0] = ""  # as for ``python -m``: not the folder of this file
    from biblio.__main__ import main

    for module in walk_packages(biblio.__path__, "biblio."):  # what a command imports when its work is due
        if not module.name.endswith("__main__"):
            with suppress(AssertionError, ImportError, OSError):  # the tests at hand may have no engine
                import_module(module.name)
    while True:
        head, (out, err), *_ = socket.recv_fds(pipe, 4, 2)
        request = json.loads(_received(pipe, int.from_bytes(head, "big")).decode("utf-8", "surrogateescape"))
        child = os.fork()
        if child == 0:
            pipe.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out, 1)
            os.dup2(err, 2)
            os.chdir(request["folder"])
            os.environ.clear()
            os.environ.update(request["env"])
            sys.argv = ["biblio", *request["words"]]
            os._exit(_ended(main))
        os.close(out)
        os.close(err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        pipe.sendall(code.to_bytes(4, "big", signed=True))


def _ended(main: object) -> int:
    """Runs the command as Python runs a program, and gives its exit code."""
    assert callable(main)
    code: object = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:  # noqa: BLE001  # what Python does with what nobody has caught
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 0 if code is None else 1


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as pipe, suppress(EOFError, ValueError):
        _serve(pipe)
