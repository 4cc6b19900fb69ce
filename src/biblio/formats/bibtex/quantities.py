"""Quantities, units and chemical formulas, as the packages siunitx, mhchem and chemformula take them.

Sources: the manuals of siunitx (§ 4, its prefixes and units) and of mhchem (§ 3).
"""

from __future__ import annotations

import re

from biblio.text.inline import Inline, Rich, Sub, Sup, Text, merge

_UNIT = re.compile(r"\\([A-Za-z]+)\s*(?:\{([^{}]*)\})?|\^\{?(-?\d+)\}?|([.~]|\s+)|([^\\^.~\s{}]+)|[{}]")
_CHEMICAL = re.compile(
    r"\^\{([^{}]*)\}|\^(\d*[+-]?|\w)"  # a charge, a mass number
    r"|_\{([^{}]*)\}|_(\w)|(?<=[A-Za-z)\]])(\d+(?:\.\d+)?)"  # how many atoms
    r"|(?<=[A-Za-z\d)\]])([+-])(?=$|\s)"
    r"|([^\^_])",
)
# siunitx: prefixes and units, by the names of their commands.
_PREFIXES = {
    "yocto": "y",
    "zepto": "z",
    "atto": "a",
    "femto": "f",
    "pico": "p",
    "nano": "n",
    "micro": "µ",
    "milli": "m",
    "centi": "c",
    "deci": "d",
    "deca": "da",
    "hecto": "h",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
    "peta": "P",
}
_UNITS = {
    "metre": "m",
    "meter": "m",
    "gram": "g",
    "second": "s",
    "ampere": "A",
    "kelvin": "K",
    "mole": "mol",
    "candela": "cd",
    "becquerel": "Bq",
    "celsius": "°C",
    "degreeCelsius": "°C",
    "coulomb": "C",
    "farad": "F",
    "gray": "Gy",
    "henry": "H",
    "hertz": "Hz",
    "joule": "J",
    "katal": "kat",
    "lumen": "lm",
    "lux": "lx",
    "newton": "N",
    "ohm": "Ω",
    "pascal": "Pa",
    "radian": "rad",
    "siemens": "S",
    "sievert": "Sv",
    "tesla": "T",
    "volt": "V",
    "watt": "W",
    "weber": "Wb",
    "day": "d",
    "degree": "°",
    "hectare": "ha",
    "hour": "h",
    "litre": "L",
    "liter": "L",
    "minute": "min",
    "tonne": "t",
    "angstrom": "Å",
    "bar": "bar",
    "barn": "b",
    "electronvolt": "eV",
    "percent": "%",
    "kilogram": "kg",
    "bel": "B",
    "decibel": "dB",
    "dalton": "Da",
    "byte": "o",
    "bit": "bit",
    "eV": "eV",
    "GeV": "GeV",
    "TeV": "TeV",
    "MeV": "MeV",
    "keV": "keV",
    "nm": "nm",
    "um": "µm",
    "mm": "mm",
    "cm": "cm",
    "km": "km",
    "kg": "kg",
    "mg": "mg",
    "ug": "µg",
    "g": "g",
    "m": "m",
    "s": "s",
    "ms": "ms",
    "K": "K",
    "Pa": "Pa",
    "kPa": "kPa",
    "MPa": "MPa",
    "GPa": "GPa",
    "Hz": "Hz",
    "kHz": "kHz",
    "MHz": "MHz",
    "GHz": "GHz",
    "THz": "THz",
    "V": "V",
    "T": "T",
    "mT": "mT",
    "W": "W",
    "J": "J",
    "N": "N",
}
_RAISED = {"squared": "2", "square": "2", "cubed": "3", "cubic": "3"}


def number(typed: str) -> Rich:
    """A number as siunitx takes it: ``1.5e3``, ``10x20``, ``1.2(3)``, ``+-``."""
    typed = typed.replace("\\pm", "±").replace("+-", "±").replace(" ", "")
    mantissa, e, exponent = typed.partition("e")
    if not e or not exponent.lstrip("+-").isdigit():
        return (Text(typed.replace("x", "×")),)
    return (Text(f"{mantissa}×10" if mantissa else "10"), Sup((Text(exponent.lstrip("+")),)))


def unit(typed: str) -> Rich:
    r"""A unit as siunitx takes it, ``\micro\gram\per\litre`` or ``mg/L``; nothing when a part of it is not known."""
    found: list[Inline] = []
    prefix, power, inverse = "", "", False
    for match in _UNIT.finditer(typed):
        name, argument, raised, _, text = match.groups()
        if raised:
            found.append(Sup((Text(raised),)))
        elif text:
            found.append(
                Text(f"\u00a0{text}" if found and match.start() and typed[match.start() - 1] in ".~ " else text)
            )
        elif name == "per":
            inverse = True
        elif name in ("squared", "cubed", "tothe", "of"):
            digits = argument if name in ("tothe", "of") else _RAISED[name]
            found.append(Sup((Text(digits or ""),)))
        elif name in ("square", "cubic"):
            power = _RAISED[name]
        elif name in _PREFIXES:
            prefix = _PREFIXES[name]
        elif name:
            sign = _UNITS.get(name)
            if sign is None:
                return ()
            found.append(Text(("/" if inverse else "\u00a0" if found else "") + prefix + sign))
            if power:
                found.append(Sup((Text(power),)))
            prefix, power, inverse = "", "", False
    return merge(tuple(found))


def chemical(typed: str) -> Rich:
    """A chemical formula as mhchem takes it: ``H2O``, ``SO4^2-``, ``^{14}C``, ``A -> B``."""
    found: list[Inline] = []
    typed = typed.replace("<=>", "⇌").replace("->", "→").replace("<-", "←").replace("$", "")
    for match in _CHEMICAL.finditer(typed):
        raised = match[1] or match[2] or match[6]
        lowered = match[3] or match[4] or match[5]
        if raised:
            found.append(Sup((Text(raised),)))
        elif lowered:
            found.append(Sub((Text(lowered),)))
        elif match[7]:
            found.append(Text("" if match[7] in "{}" else match[7]))
    return merge(tuple(found))
