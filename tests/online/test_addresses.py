"""Which addresses may be asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from biblio.online.addresses import checked, is_public, parse_address, require_public_name
from biblio.words.faults import BiblioError

LOCAL = """
127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1
192.0.2.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.0.0.8
:: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 fec0::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:a00:1 ::127.0.0.1 2002:7f00:1:: 2002:c0a8:101::1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::a00:1
2001:0:4136:e378:8000:63bf:3fff:fdd2 quelque-chose
""".split()


@pytest.mark.parametrize("number", LOCAL)
def test_numbers_of_the_local_network_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "93.184.215.14", "2a00:1450:4007::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_numbers_of_the_public_network_are(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.org/a",
            "javascript:alert(1)",
            "//example.org",
            "example.org",
            "http://",
        ),
        *("https://user@example.org/", "https://user:pw@example.org/", "https://:pw@example.org/"),
        *("http://a b.org/", "http://exa\nmple.org/", "http://example.org\\@127.0.0.1/", "http://example.org:99999/"),
        *(
            "http://[::1",
            "http://-a.org/",
            "http://a..org/",
            "http://a_/" + "x" * 5000,
            "http://%31%32%37.1/",
            "gopher://a.org",
        ),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text: str) -> None:
    with pytest.raises(BiblioError) as refused:
        parse_address(text)
    assert refused.value.diagnostic.code == "E151"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a?b=c#d", "http://example.org/a?b=c"),
        ("https://example.org:8443/é à", ""),
        ("https://bibliothèque.example/é?q=ç", "https://xn--bibliothque-59a.example/%C3%A9?q=%C3%A7"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("http://[2A00:1450::1]:8080/", "http://[2a00:1450::1]:8080/"),
        ("https://１２７.０.０.１/", "https://127.0.0.1/"),
    ],
)
def test_an_address_is_read_in_one_way(text: str, read: str) -> None:
    if read:
        assert str(parse_address(text)) == read
    else:
        with pytest.raises(BiblioError):
            parse_address(text)


def test_where_a_server_sends_on_is_relative_to_where_it_was_asked() -> None:
    base = parse_address("https://example.org/a/b?c")
    assert str(parse_address("../d", base)) == "https://example.org/d"
    assert str(parse_address("//other.example/e", base)) == "https://other.example/e"
    with pytest.raises(BiblioError):
        parse_address("file:///etc/passwd", base)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://LOCALHOST./",
        "http://imprimante/",
        "http://nas.local/",
        "http://box.lan/",
        "http://a.home.arpa/",
    ],
)
def test_names_of_the_local_network_are_not_even_looked_up(address: str) -> None:
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(f"{host}:{port}")
        return ("8.8.8.8",)

    with pytest.raises(BiblioError) as refused:
        checked(parse_address(address), resolve)
    assert refused.value.diagnostic.code == "E152"
    assert looked_up == []


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:192.168.0.1"], ["fe80::1%2"], []])
def test_a_name_that_leads_into_the_local_network_is_refused(numbers: list[str]) -> None:
    with pytest.raises(BiblioError) as refused:
        checked(parse_address("https://example.org/"), lambda *_: numbers)
    assert refused.value.diagnostic.code == "E152"


def test_a_name_that_nobody_knows_is_said() -> None:
    def resolve(*_: object) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(BiblioError) as refused:
        checked(parse_address("https://example.org/"), resolve)
    assert refused.value.diagnostic.arguments == {"host": "example.org", "reason": "Name or service not known"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "localhost", "nas"])
def test_behind_a_proxy_what_is_local_as_it_stands_is_refused_too(host: str) -> None:
    with pytest.raises(BiblioError) as refused:
        require_public_name(parse_address(f"http://{host}/"))
    assert refused.value.diagnostic.code == "E152"


def test_behind_a_proxy_other_names_are_left_to_it() -> None:
    require_public_name(parse_address("https://example.org/"))
    require_public_name(parse_address("https://93.184.215.14/"))
