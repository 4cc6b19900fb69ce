"""The values of keys of a spec as a form has them, and as they are typed in it."""

from __future__ import annotations

from biblio.dossier.spec import MODELS, DossierSpec
from biblio.editing.yaml_tree import Data, Path
from biblio.yaml_model.keys import Key, Located, keys_of


def key_at(path: Path) -> Key | None:
    """The declaration of the key at a path; ``None`` where the model has none."""
    model: type[Located] | None = DossierSpec
    key = None
    for name in (each for each in path if isinstance(each, str)):
        key = keys_of(model).get(name) if model else None
        model = MODELS.get(key.of) if key else None
    return key


def typed(value: Data) -> str:
    """A value as a form has it: a list in lines."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value).rstrip("\n")


def value_of(text: str, key: Key | None) -> Data:
    """What is typed into a form, as a value of a key; ``None`` for nothing."""
    text = text.replace("\r\n", "\n").strip("\n")
    if not text.strip():
        return None
    control = "text" if key is None else key.shape.value.control
    if control == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if control == "boolean" and text in ("true", "false"):
        return text == "true"
    if control == "number" and text.isascii() and text.isdecimal():
        return int(text)
    return text
