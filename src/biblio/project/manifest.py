"""The record of a build: what went in, with which versions, and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from biblio.project.project import SourceFile

# The libraries that shape the output, whose versions a manifest records; so does it pandoc's for a CSL style.
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "jinja2", "markdown-it-py", "pylatexenc")


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
    """``inputs`` gave ``outputs``: the SHA-256 of each file made, by name."""

    dossier: str
    inputs: Inputs
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the inputs of two builds; ``kind`` is ``added``, ``removed`` or ``changed``."""

    kind: str
    name: str


def with_earlier(made: Manifest, earlier: Manifest | None) -> Manifest:
    """A manifest with the outputs of an earlier build in other formats, if they came of the same inputs."""
    if earlier is None or earlier.inputs.of_any_format() != made.inputs.of_any_format():
        return made
    formats = tuple(dict.fromkeys((*made.inputs.options.formats, *earlier.inputs.options.formats)))
    inputs = replace(made.inputs, options=replace(made.inputs.options, formats=formats))
    return replace(made, inputs=inputs, outputs={**earlier.outputs, **made.outputs})


def inputs_of(files: Iterable[SourceFile], options: Options, versions: Mapping[str, str]) -> Inputs:
    """The inputs of a build from its files, its options and the versions at hand."""
    return Inputs({file.path: file.sha256 for file in files}, options, dict(versions))


def dumps(manifest: Manifest) -> str:
    """The manifest as JSON, keys sorted, one a line."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def loads(text: str) -> Manifest | None:
    """The manifest of a JSON text; ``None`` when it is not one of this version of biblio."""
    try:
        record = json.loads(text)
        options = record["inputs"]["options"]
        return Manifest(
            str(record["dossier"]),
            Inputs(
                dict(record["inputs"]["files"]),
                Options(str(options["style"]), tuple(options["formats"]), str(options["epoch"])),
                dict(record["inputs"]["versions"]),
            ),
            dict(record["outputs"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


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
