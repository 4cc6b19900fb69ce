"""What stands in verbatim fields once what was escaped in them is undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import outgrows

from biblio.formats.bibtex.verbatim import addresses, doi, numbers


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://doi.org/10.1002%2Fabc", "10.1002/abc"),
        ("10.1000/%C3%A9t%C3%A9", "10.1000/été"),
        ("10.1000/%ed%a0%80%00%0a", "10.1000/%ed%a0%80%00%0a"),
        ("10.1000/a%00b", "10.1000/a%00b"),
        ("10.1000/a%E2%80%AEb", "10.1000/a%E2%80%AEb"),
        ("10.1000/a%FFb", "10.1000/a%FFb"),
        (r"\doi{10.1000/182}", "10.1000/182"),
        ("10.1038/nsb877\nnsb877 [pii]", "10.1038/nsb877"),
        ("S0958-1669(08)00072-4 [pii] 10.1016/j.copbio.2008.06.004 [doi]", "10.1016/j.copbio.2008.06.004"),
        ("S0958-1669(08)00072-4 [pii]", "S0958-1669(08)00072-4 [pii]"),
        (r"10.1002/1097{\ensuremath{<}}693{\ensuremath{>}}3.0", "10.1002/1097<693>3.0"),
    ],
)
def test_a_doi_is_decoded_where_that_gives_text(typed: str, read: str) -> None:
    assert doi(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"https://a.example/?a=1{\&}amp;b=2", "https://a.example/?a=1&b=2"),
        ('"https://a.example/a"', "https://a.example/a"),
        ("« https://a.example/a »", "https://a.example/a"),
        (r"https://a.example/a\hspace{0pt}b\penalty0 c\hskip 0pt d", "https://a.example/abcd"),
        (r"https://a.example/x$_{1}$/y$_2$/z$_$w", "https://a.example/x_1/y_2/z_w"),
        (r"https://a.example/?q=\$_{1}\$", "https://a.example/?q=$_1$"),
    ],
)
def test_what_exporters_write_in_addresses_is_undone(typed: str, read: str) -> None:
    assert addresses(typed) == [read]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("978--2--07--036822--8", "978-2-07-036822-8"),
        ("978{-}2{-}07–036822–8", "978-2-07-036822-8"),
        (r"1367-4811 (Electronic)$\backslash$r1367-4803 (Linking)", "1367-4811 (Electronic); 1367-4803 (Linking)"),
        (r"1530-6992\textbackslash{}n1530-6984", "1530-6992; 1530-6984"),
        (r"1530-6992\n", "1530-6992"),
        ("{{0995-3914}}", "0995-3914"),
    ],
)
def test_numbers_are_apart_and_have_hyphens(typed: str, read: str) -> None:
    assert numbers(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("{{ {10.1000/182} }}", "10.1000/182"),
        (r"10.1000/{\_}{{a}}{{}}b", "10.1000/_ab"),
        ("https://example.org/{{a}{b}}", "https://example.org/{ab}"),
        ("https://example.org/{a", "https://example.org/{a"),
        ("https://example.org/a}", "https://example.org/a}"),
        ("{https://example.org/}{b}", "{https://example.org/}b"),
    ],
)
def test_braces_around_everything_or_one_character_say_nothing(typed: str, read: str) -> None:
    assert (addresses(typed) if "://" in typed else [doi(typed)])[0] == read


@pytest.mark.parametrize("typed", ["{", "{ ", "{{}", r"{\{", "{a}", "{}"])
@pytest.mark.parametrize("read", [doi, numbers, addresses])
def test_many_braces_take_a_time_in_proportion(read: Callable[[str], object], typed: str) -> None:
    def look(count: int) -> None:
        read(typed * count + "}" * (typed.count("{") - typed.count("}")) * count)

    assert not outgrows(look, 500)
