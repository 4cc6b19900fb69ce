"""What is an identifier in what people type and paste."""

from __future__ import annotations

import pytest
from counting import outgrows

from biblio.online.identifiers import identifiers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.3917/spub.193.0123", "DOI 10.3917/spub.193.0123"),
        ("DOI: 10.3917/SPUB.193.0123.", "DOI 10.3917/spub.193.0123"),
        ("https://doi.org/10.1016/S0140-6736(19)32596-1", "DOI 10.1016/s0140-6736(19)32596-1"),
        ("(https://dx.doi.org/10.1000/a%2Fb)", "DOI 10.1000/a/b"),
        ("(voir 10.1016/S0140-6736(19)32596-1).", "DOI 10.1016/s0140-6736(19)32596-1"),
        ("10.1000.10/123456", "DOI 10.1000.10/123456"),
        ("978-2-07-036822-8", "ISBN 9782070368228"),
        ("ISBN 2-07-036822-X", "ISBN 9782070368228"),
        ("ISBN : 978 2 07 036822 8, 246 p.", "ISBN 9782070368228"),
        ("31452104", "PMID 31452104"),
        ("PMID: 31452104", "PMID 31452104"),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", "PMID 31452104"),
        ("hal-01234567v2", "HAL hal-01234567"),
        ("https://shs.hal.science/halshs-01234567/document", "HAL halshs-01234567"),
        ("https://tel.archives-ouvertes.fr/tel-00123456", "HAL tel-00123456"),
        ("arXiv:1706.03762v5 [cs.CL]", "arXiv 1706.03762"),
        ("1706.03762v5", "arXiv 1706.03762"),
        ("hep-th/9901001", "arXiv hep-th/9901001"),
        ("https://arxiv.org/pdf/1706.03762v5", "arXiv 1706.03762"),
        ("https://www.example.org/a(b).", "https://www.example.org/a(b)"),
        ("Voir <https://example.org/page>, p. 3", "https://example.org/page"),
        ("tél. 01 23 45 67 89, fax 0123456789", ""),
        ("en 2019, 132 p., n° 12", ""),
        ("", ""),
    ],
)
def test_an_identifier_is_found_in_its_usual_form(text: str, found: str) -> None:
    assert ", ".join(map(str, identifiers_in(text).identifiers)) == found


def test_a_pasted_text_has_several_each_once() -> None:
    text = """Harpet C., Contrats locaux, 2019. https://doi.org/10.1684/ers.2019.1277 ; doi:10.1684/ERS.2019.1277
    Basset B. ISBN 978-2-8109-0123-5 et ISBN 978-2-07-036822-8 (hal-01234567) PMID 31452104 https://example.org/a,
    https://example.org/a"""
    found = identifiers_in(text)
    assert list(map(str, found.identifiers)) == [
        "DOI 10.1684/ers.2019.1277",
        "ISBN 9782070368228",
        "HAL hal-01234567",
        "PMID 31452104",
        "https://example.org/a",
    ]
    assert found.wrong == ("978-2-8109-0123-5",)


@pytest.mark.parametrize("text", ["9782070368229", "ISBN 2070368221"])
def test_an_isbn_with_a_wrong_digit_is_not_one(text: str) -> None:
    found = identifiers_in(text)
    assert (found.identifiers, len(found.wrong)) == ((), 1)


@pytest.mark.parametrize(
    "piece", ["1 ", "1-", "10.1234/", "https://", "97", "hal-", "arxiv:", "(", "http://doi.org/10.1000/(a"]
)
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert not outgrows(lambda count: identifiers_in(piece * count), 5_000)
