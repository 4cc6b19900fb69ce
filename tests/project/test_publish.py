"""Files are the whole old one or the whole new one, and nothing else is left beside them."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from biblio.project.publish import publish, sweep
from biblio.words.faults import BiblioError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


LOCK = ".biblio-cas.lock"


def test_outputs_are_written_in_a_folder_made_for_them(tmp_path: Path) -> None:
    folder = tmp_path / "à faire" / "build"
    publish({"cas.pdf": b"un", "cas.manifest.json": b"{}"}, folder, "cas")
    assert (folder / "cas.pdf").read_bytes() == b"un"
    assert names(folder) == {"cas.pdf", "cas.manifest.json", LOCK}


def test_outputs_replace_those_of_before_and_touch_no_other(tmp_path: Path) -> None:
    (tmp_path / "autre.pdf").write_bytes(b"autre")
    (tmp_path / ".biblio-cas-deux.pdf.tmp").write_bytes(b"d'un autre dossier")
    publish({"cas.pdf": b"un"}, tmp_path, "cas")
    publish({"cas.pdf": b"deux"}, tmp_path, "cas")
    assert (tmp_path / "cas.pdf").read_bytes() == b"deux"
    assert names(tmp_path) == {"autre.pdf", "cas.pdf", ".biblio-cas-deux.pdf.tmp", LOCK}


@pytest.mark.parametrize("way", ["publish", "sweep"])
def test_what_a_killed_build_left_is_swept_away(tmp_path: Path, way: str) -> None:
    """Even when the formats of the next build are others."""
    for name in ("cas.pdf", "cas.html", "cas.manifest.json"):
        (tmp_path / f".biblio-{name}.tmp").write_bytes(b"une moit")
    if way == "publish":
        publish({"cas.pdf": b"un"}, tmp_path, "cas")
    else:
        sweep(tmp_path, "cas")
    assert names(tmp_path) - {"cas.pdf"} == {LOCK}


def test_sweeping_a_folder_with_nothing_to_sweep_writes_nothing(tmp_path: Path) -> None:
    sweep(tmp_path, "cas")
    assert names(tmp_path) == set()
    sweep(tmp_path / "absent", "cas")
    assert names(tmp_path) == set()


def test_when_one_output_cannot_be_put_in_place_none_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "cas.html").write_bytes(b"vieux")
    (tmp_path / "cas.pdf" / "occupé").mkdir(parents=True)
    with pytest.raises(BiblioError) as error:
        publish({"cas.pdf": b"un", "cas.html": b"neuf"}, tmp_path, "cas")
    fault = error.value.diagnostic
    assert (fault.code, fault.span and fault.span.path) == ("E105", "cas.pdf")
    assert (tmp_path / "cas.html").read_bytes() == b"vieux"
    assert names(tmp_path) == {"cas.pdf", "cas.html", LOCK}


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"un fichier")
    with pytest.raises(BiblioError) as error:
        publish({"cas.pdf": b"un"}, tmp_path / "build", "cas")
    assert error.value.diagnostic.code == "E105"
    assert (tmp_path / "build").read_bytes() == b"un fichier"


def test_a_build_waits_for_the_one_before_it(tmp_path: Path) -> None:
    with (tmp_path / LOCK).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = threading.Thread(target=publish, args=({"cas.pdf": b"un"}, tmp_path, "cas"))
        second.start()
        second.join(0.3)
        assert not (tmp_path / "cas.pdf").exists()
        assert second.is_alive()
    second.join(10)
    assert (tmp_path / "cas.pdf").read_bytes() == b"un"
