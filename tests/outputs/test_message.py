"""The message that is ready to send: what a mail reader shows, with its HTML and without, and what is said of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from compose.material import PICTURE, SLUG, project
from outputs.letters import LETTERS, SPEC, letter_of
from outputs.tagged import key

from biblio.build.pipeline import compose_dossier
from biblio.compose.composed import Composed
from biblio.document.tree import Line
from biblio.outputs.message import written_message
from biblio.text.inline import plain

STAMP = datetime(2025, 11, 1, 8, 30, tzinfo=UTC)


def composed_of(folder: Path, spec: str = SPEC) -> Composed:
    made = project(folder, spec)
    loaded = made.dossier(SLUG).value
    assert loaded
    composed = compose_dossier(made, loaded, loaded.style).value
    assert composed
    return composed


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def test_it_has_two_forms_of_one_issue(tmp_path: Path) -> None:
    composed = composed_of(tmp_path)
    message = read(written_message(composed, STAMP).value)
    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "multipart/related"]
    _, html = letter_of(LETTERS[1], tmp_path / "again")
    inside, outside = (re.compile(pattern) for pattern in (r"data:image/png;base64,[\w+/=]+", r"cid:[\w.@]+"))
    assert outside.sub("IMAGE", part(message, "html").replace("\r\n", "\n")) == inside.sub("IMAGE", html)


def test_its_images_travel_beside_it(tmp_path: Path) -> None:
    composed = composed_of(tmp_path)
    content = written_message(composed, STAMP).value
    (_, related) = read(content).iter_parts()
    html, picture = related.iter_parts()
    assert related.get_param("type") == html.get_content_type() == "text/html"
    assert picture.get_content() == (tmp_path / PICTURE).read_bytes()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()
    assert content == written_message(composed_of(tmp_path), STAMP).value


def test_without_images_it_is_a_page_and_its_text(tmp_path: Path) -> None:
    composed = composed_of(tmp_path, "kind: newsletter\nsections: [{title: Un, references: [zay]}]\n")
    message = read(written_message(composed, STAMP).value)
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]


def test_the_plain_text_says_all_that_the_issue_says_in_order(tmp_path: Path) -> None:
    composed = composed_of(tmp_path)
    document = composed.document
    told = part(read(written_message(composed, STAMP).value), "plain")
    text, position = key(told), 0
    said = [document.cover.title, document.cover.subtitle]
    for section in document.sections:
        said.append(section.heading)
        for block in section.blocks:
            said += [each for each in block.texts if "<" not in plain(each)]
            for notice in getattr(block, "items", ()) if block.name == "notices" else ():
                said += (line.content for line in notice.lines if isinstance(line, Line))
    for rich in said:
        wanted = key(plain(rich).replace("un lien", "un lien <https://www.example.org/a>"))
        found = text.find(key(plain(rich)).removesuffix("."), position)
        assert found >= position or wanted in text, plain(rich)
        position = max(position, found)
    for address in ("https://www.example.org/a", "https://www.example.org/b", "https://www.example.org/c"):
        assert f"<{address}>" in told
    assert "Voir cette lettre en ligne\u00a0: https://www.example.org/lettre.html" in told
    assert told.rstrip().endswith("Se désabonner\u00a0: {{ unsubscribe }}")
    assert "Actus\r\n=====" in told.replace("\r\n", "\n").replace("\n", "\r\n")


def test_it_is_addressed_and_opens_as_a_draft(tmp_path: Path) -> None:
    content = written_message(composed_of(tmp_path), STAMP).value
    message = read(content)
    assert str(message["From"]) == "Centre d'essai <doc@example.org>"
    assert "n° 3" in str(message["Subject"])
    assert str(message["Date"]) == "Sat, 01 Nov 2025 08:30:00 +0000"
    assert str(message["Message-ID"]).endswith("@example.org>")
    assert (message["X-Unsent"], message["Content-Language"], message["To"]) == ("1", "fr", None)
    # A slot is no address yet.
    assert message["List-Unsubscribe"] is None
    assert content.replace(b"\r\n", b"").count(b"\n") == content.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_an_address_to_unsubscribe_is_told_to_mail_readers(tmp_path: Path) -> None:
    spec = SPEC.replace("{{ unsubscribe }}", "https://a.org/x?y=1")
    assert (
        read(written_message(composed_of(tmp_path, spec), STAMP).value)["List-Unsubscribe"] == "<https://a.org/x?y=1>"
    )


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        ("doc@example.org", "doc@example.org"),
        ("Éloïse <doc@example.org>", "Éloïse <doc@example.org>"),
        ("le centre", None),
        ("doc@exemple.org\\nBcc: tous@example.org", None),
    ],
)
def test_who_sends_it_is_an_address_or_nobody(tmp_path: Path, sender: str, told: str | None) -> None:
    spec = SPEC.replace("sender: Centre d'essai <doc@example.org>", f'sender: "{sender}"')
    message = read(written_message(composed_of(tmp_path, spec), STAMP).value)
    assert (str(message["From"]) if message["From"] else None) == told
    assert message["Bcc"] is None


def test_the_same_issue_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (written_message(composed_of(tmp_path / name), STAMP).value for name in ("a", "b"))
    assert one == other


def test_what_gmail_would_cut_is_told_with_its_size(tmp_path: Path) -> None:
    sections = "".join(f"  - {{title: Partie {number}, intro: {'mot ' * 400}}}\n" for number in range(70))
    composed = composed_of(tmp_path, SPEC + sections)
    (fault,) = written_message(composed, STAMP).diagnostics
    assert fault.code == "W120"
    assert int(fault.arguments["size"]) > int(fault.arguments["limit"]) == 102
    assert written_message(composed_of(tmp_path / "short"), STAMP).diagnostics == ()
