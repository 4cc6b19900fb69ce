"""Debian's Firefox, by its own protocol (Marionette): a command is a list of JSON behind its length."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 60.0  # seconds
# Nothing is fetched but what a page asks for.
PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "fr",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "http://127.0.0.1:9",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # as the WebDriver standard names one


class Firefox:
    """A browser with one tab."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._number = 0
        self._received()  # says what it is
        self._do("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})

    def close(self) -> None:
        self._socket.close()

    def open(self, address: str) -> None:
        self._do("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """What a script of the tab returns."""
        return self._do("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def type(self, selector: str, text: str) -> None:
        """Types at an element, as a keyboard does."""
        found = self._do("WebDriver:FindElement", using="css selector", value=selector)["value"]
        self._do("WebDriver:ElementSendKeys", id=found[ELEMENT], text=text)

    def wait(self, script: str) -> Any:
        """What a script returns, once that is something."""
        end = time.monotonic() + PATIENCE
        while not (found := self.run(script)):
            assert time.monotonic() < end, script
            time.sleep(0.05)
        return found

    def _do(self, name: str, **values: object) -> Any:
        self._number += 1
        said = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(said), said))
        _, _, error, result = self._received()
        assert error is None, error
        return result

    def _received(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._some(1)
        said = b""
        while len(said) < int(size[:-1]):
            said += self._some(int(size[:-1]) - len(said))
        return json.loads(said)

    def _some(self, most: int) -> bytes:
        found = self._socket.recv(most)
        assert found, "Firefox has ended"
        return found


@contextmanager
def started(folder: Path) -> Iterator[Firefox]:
    """A Firefox of its own, without a screen. Continuous integration must have it."""
    program = shutil.which("firefox-esr")
    if program is None and os.environ.get("CI"):
        pytest.fail("firefox-esr is not on this machine, and continuous integration must try the desk in it")
    if program is None:
        pytest.skip("firefox-esr is not on this machine; the desk is tried in Chromium")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(folder)}
    )
    try:
        port, end = folder / "MarionetteActivePort", time.monotonic() + PATIENCE
        while not (port.exists() and port.read_text("ascii").strip()):
            assert process.poll() is None, "Firefox has ended"
            assert time.monotonic() < end, "Firefox does not start"
            time.sleep(0.05)
        browser = Firefox(int(port.read_text("ascii")))
        try:
            yield browser
        finally:
            browser.close()
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
