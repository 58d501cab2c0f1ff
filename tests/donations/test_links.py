"""Donation links lead to allowed hosts only, whatever is written; campaigns are told."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from donations.links import campaign_link, validate_donation_url

HOSTS = ["give.example.org", "cepr.net"]


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.DONATION_HOSTS = HOSTS


@pytest.mark.parametrize(
    "url",
    [
        "https://cepr.net",
        "https://cepr.net/",
        "https://give.example.org/once?amount=10&currency=USD#form",
        "https://cepr.net?a=b",
        "https://cepr.net/a//b/../c",
    ],
)
def test_an_address_of_an_allowed_host_is_taken(url):
    validate_donation_url(url)
    assert urlsplit(campaign_link(url, "a", "r")).hostname in HOSTS


@pytest.mark.parametrize(
    "url",
    [
        "", "cepr.net", "//cepr.net/", "http://cepr.net/", "HTTP://cepr.net/", "ftp://cepr.net/",
        "javascript:alert(1)", "data:text/html,x", "https:cepr.net", "https:/cepr.net",
        "https:///cepr.net", "https://evil.example/", "https://cepr.net.evil.example/",
        "https://evilcepr.net/", "https://www.cepr.net/", "https://cepr.net@evil.example/",
        "https://user@cepr.net/", "https://user:pass@cepr.net/", "https://cepr.net:444/",
        "https://cepr.net:443/", "https://cepr.net:/", "https://evil.example\\@cepr.net/",
        "https://cepr.net\\.evil.example/", "https://cepr.net\t/", "https://ce\npr.net/",
        " https://cepr.net/", "https://cepr.net/ x", "https://cépr.net/", "https://cepr.net。/",
        "https://[::1]/", "https://[cepr.net/", "https://cepr.net./", "https://CEPR.net/",
        "https://cepr.net\x00/", "https://%63epr.net/", "https://?cepr.net", "https://#cepr.net",
    ],
)  # fmt: skip
def test_anything_else_is_refused(url):
    with pytest.raises(ValidationError):
        validate_donation_url(url)


def test_the_refusal_names_the_host_and_the_setting():
    with pytest.raises(ValidationError) as refused:
        validate_donation_url("https://evil.example/give")
    said = " ".join(refused.value.messages)
    assert all(word in said for word in ("evil.example", "cepr.net", "PRESS_DONATION_HOSTS"))


pieces = st.sampled_from(
    ["https", "http", ":", "/", "//", "\\", "@", "?", "#", ".", "cepr.net", "evil.example",
     "give.example.org", "[", "]", "%", "%40", ":443", ";", "&", "=", " ", "\t", "\n", "é", "\x00"]
)  # fmt: skip
urls = st.lists(pieces | st.text(max_size=3), max_size=8).map("".join)


@given(url=urls | urls.map("https://cepr.net{}".format) | urls.map("https://{}cepr.net/".format))
@example(url="https://cepr.net?//evil.example")
def test_a_link_never_leaves_the_allowed_hosts(url):
    try:
        validate_donation_url(url)
    except ValidationError:
        return
    link = campaign_link(url, "winter", "a-release")
    # Read as simply as any program might: what stands between // and the next mark is the host.
    host = link.removeprefix("https://")
    for mark in "/?#\\@:":
        host = host.partition(mark)[0]
    assert link.startswith("https://")
    assert host in HOSTS
    assert urlsplit(link).netloc in HOSTS
    assert link.isascii()
    assert not set(link) & set(" \t\r\n\\")
    query = dict(parse_qsl(urlsplit(link).query))
    assert (query["utm_campaign"], query["utm_content"]) == ("winter", "a-release")


def parameters(link: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(link).query, keep_blank_values=True)


def test_the_donation_page_is_told_where_a_reader_came_from():
    link = campaign_link("https://cepr.net/give", "winter", "la-elección")
    assert dict(parameters(link)) == {
        "utm_source": "newsroom",
        "utm_medium": "release",
        "utm_campaign": "winter",
        "utm_content": "la-elección",
    }


def test_other_parameters_are_kept_and_former_campaigns_replaced():
    link = campaign_link(
        "https://cepr.net/give?amount=5&amount=10&empty=&utm_source=old#form", "winter", "r"
    )
    found = parameters(link)
    kept = [pair for pair in found if not pair[0].startswith("utm_")]
    assert kept == [("amount", "5"), ("amount", "10"), ("empty", "")]
    assert [value for name, value in found if name == "utm_source"] == ["newsroom"]
    assert link.endswith("#form")
