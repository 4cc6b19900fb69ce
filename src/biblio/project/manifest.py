"""The record of a build: what went in, with which versions, and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from biblio.project.source import SourceFile
from biblio.words.faults import Diagnostic, Span, is_sayable

# The libraries that shape the output, whose versions a manifest records; so does it pandoc's for a CSL style.
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "jinja2", "markdown-it-py", "pylatexenc", "pypandoc-binary")


@dataclass(frozen=True, slots=True)
class Options:
    """What a build was asked for beside its files: the style, the formats, and the epoch, if one is set."""

    style: str
    formats: tuple[str, ...]
    epoch: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that decides the bytes of an output: hashes of files by name, options, versions of libraries."""

    files: Mapping[str, str]
    options: Options
    versions: Mapping[str, str]

    def of_any_format(self) -> Inputs:
        """The same, but for the formats asked for: what two outputs of one dossier share."""
        return replace(self, options=replace(self.options, formats=()))


@dataclass(frozen=True, slots=True)
class Manifest:
    """``inputs`` gave ``outputs``: the SHA-256 of each file made, by name.

    ``content`` is the hash of what the dossier printed (``build/content.py``). ``diagnostics`` are the faults that were
    told: those of composing by the empty name, those of rendering by format. They are told again for as long as nothing
    changes.
    """

    dossier: str
    inputs: Inputs
    outputs: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    diagnostics: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the inputs of two builds; ``kind`` is ``added``, ``removed`` or ``changed``."""

    kind: str
    name: str


def told_by(manifest: Manifest, formats: Iterable[str]) -> Iterator[Diagnostic]:
    """The faults that were told of a dossier in these formats."""
    for name in ("", *formats):
        yield from manifest.diagnostics.get(name, ())


def with_earlier(made: Manifest, earlier: Manifest | None) -> Manifest:
    """A manifest with the outputs of an earlier build in other formats, if they came of the same inputs."""
    if earlier is None or earlier.inputs.of_any_format() != made.inputs.of_any_format():
        return made
    formats = tuple(dict.fromkeys((*made.inputs.options.formats, *earlier.inputs.options.formats)))
    inputs = replace(made.inputs, options=replace(made.inputs.options, formats=formats))
    return replace(
        made,
        inputs=inputs,
        outputs={**earlier.outputs, **made.outputs},
        diagnostics={**earlier.diagnostics, **made.diagnostics},
    )


def inputs_of(files: Iterable[SourceFile], options: Options, versions: Mapping[str, str]) -> Inputs:
    """The inputs of a build from its files, its options and the versions at hand."""
    return Inputs({file.path: file.sha256 for file in files}, options, dict(versions))


def dumps(manifest: Manifest) -> str:
    """The manifest as JSON, keys sorted, one a line."""
    record = {
        "dossier": manifest.dossier,
        "inputs": asdict(manifest.inputs),
        "outputs": dict(manifest.outputs),
        "content": manifest.content,
        "diagnostics": {name: [_row(each) for each in told] for name, told in manifest.diagnostics.items()},
    }
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def loads(text: str) -> Manifest | None:
    """The manifest of a JSON text; ``None`` when it is not one of this version of biblio, whatever else it holds."""
    try:
        record = _fields(json.loads(text), "dossier", "inputs", "outputs", "content", "diagnostics")
        inputs = _fields(record["inputs"], "files", "options", "versions")
        options = _fields(inputs["options"], "style", "formats", "epoch")
        told = _fields(record["diagnostics"])
        return Manifest(
            _text(record["dossier"]),
            Inputs(
                _texts(inputs["files"]),
                Options(_text(options["style"]), tuple(map(_text, _list(options["formats"]))), _text(options["epoch"])),
                _texts(inputs["versions"]),
            ),
            _texts(record["outputs"]),
            _text(record["content"]),
            {name: tuple(map(_diagnostic, _list(rows))) for name, rows in told.items()},
        )
    except (ValueError, RecursionError):
        return None


def _row(diagnostic: Diagnostic) -> dict[str, Any]:
    """A fault as a record: its code, its place, and what its sentence is filled with."""
    span = asdict(diagnostic.span) if diagnostic.span else None
    arguments = dict(diagnostic.arguments)
    return {"code": diagnostic.code, "span": span, "arguments": arguments, "citekey": diagnostic.citekey}


def _diagnostic(row: object) -> Diagnostic:
    """The fault of a record. Raises ``ValueError`` where it is none, or could not be said in words."""
    fields = _fields(row, "code", "span", "arguments", "citekey")
    citekey = None if fields["citekey"] is None else _text(fields["citekey"])
    span = None
    if fields["span"] is not None:
        place = _fields(fields["span"], "path", "line", "column", "length")
        span = Span(_text(place["path"]), *(_number(place[name]) for name in ("line", "column", "length")))
    told = Diagnostic(_text(fields["code"]), span, _texts(fields["arguments"]), citekey)
    if not is_sayable(told):
        raise ValueError("code")
    return told


def _fields(value: object, *names: str) -> dict[str, Any]:
    """An object of JSON that has these names. Raises ``ValueError`` for anything else."""
    if not isinstance(value, dict) or not value.keys() >= set(names):
        raise ValueError("object")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("list")
    return value


def _text(value: object) -> str:
    """A text without lone surrogates, which no output can be written with."""
    if not isinstance(value, str):
        raise ValueError("text")
    value.encode()
    return value


def _texts(value: object) -> dict[str, str]:
    return {_text(name): _text(each) for name, each in _fields(value).items()}


def _number(value: object) -> int:
    most = 10**9
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ValueError("number")
    return value


def changes(before: Inputs, after: Inputs) -> tuple[Change, ...]:
    """What differs between two builds' inputs: files first, then options and versions, by name."""
    found = [*_changes(before.files, after.files)]
    for kind, old, new in (
        ("option", asdict(before.options), asdict(after.options)),
        ("version", before.versions, after.versions),
    ):
        found += [Change(change.kind, f"{kind} {change.name}") for change in _changes(old, new)]
    return tuple(found)


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    return [
        Change("added" if name not in before else "removed" if name not in after else "changed", name)
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
