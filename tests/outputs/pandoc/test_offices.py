"""What an office makes of the documents for it: LibreOffice opens them, and prints every notice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from outputs.pandoc.test_twins import composed, lines, twin
from outputs.pandoc.twins import bare

from biblio.text.inline import plain

SLUG = "demarches-territoriales-de-sante"

# One process starts the office.
pytestmark = pytest.mark.xdist_group("office")


@pytest.fixture(scope="module")
def office() -> str:
    """The system's own LibreOffice."""
    program = shutil.which("soffice")
    if program is None and os.environ.get("CI"):
        pytest.fail("LibreOffice is not on this machine, and continuous integration must open the documents in it")
    if program is None:
        pytest.skip("LibreOffice is not on this machine; the documents are read without it in test_twins.py")
    return program


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_libreoffice_prints_every_notice_in_order(office: str, tmp_path: Path, name: str) -> None:
    (tmp_path / f"twin.{name}").write_bytes(twin(SLUG, name))
    settings = f"-env:UserInstallation={(tmp_path / 'settings').as_uri()}"
    command = [office, "--headless", settings, "--convert-to", "pdf", "--outdir", str(tmp_path), f"twin.{name}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert (tmp_path / "twin.pdf").is_file(), done.stdout + done.stderr
    with pypdfium2.PdfDocument(tmp_path / "twin.pdf") as printed:
        pages = [page.get_textpage().get_text_bounded() for page in printed]
        outline = [(each.level, bare(each.get_title())) for each in printed.get_toc()]
    words = bare("".join(pages)).replace("\ufffe", "")
    titles = [bare(line)[:30] for line in lines(composed(SLUG).document)]
    at = 0
    for title in titles:
        found = words.find(title, at)
        assert found >= 0, f"{title!r} is not behind {words[max(0, at - 60) : at]!r}"
        at = found
    assert outline == [] or {title for _, title in outline} >= {
        bare(plain(part.heading)) for part in composed(SLUG).document.parts
    }
