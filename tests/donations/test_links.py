"""Donation links lead to allowed hosts only, whatever is written; campaigns are told."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from donations.links import LONGEST_CODE, PLATFORMS, Origin, campaign_link, validate_donation_url

HOSTS = ["give.example.org", "cepr.net"]
ORIGIN = Origin("year-end", "winter", "a-release")


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
    assert urlsplit(campaign_link(url, ORIGIN)).hostname in HOSTS


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
    link = campaign_link(url, ORIGIN)
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
    assert (query["utm_campaign"], query["utm_content"]) == ("year-end", "a-release")


def parameters(link: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(link).query, keep_blank_values=True)


def test_the_donation_page_is_told_where_a_reader_came_from():
    link = campaign_link("https://cepr.net/give", Origin("year-end", "winter", "la-elección"))
    assert dict(parameters(link)) == {
        "utm_source": "newsroom",
        "utm_medium": "release",
        "utm_campaign": "year-end",
        "utm_content": "la-elección",
        "utm_term": "winter",
    }


def test_other_parameters_are_kept_and_former_campaigns_replaced():
    link = campaign_link(
        "https://cepr.net/give?amount=5&amount=10&empty=&utm_source=old#form", ORIGIN
    )
    found = parameters(link)
    kept = [pair for pair in found if not pair[0].startswith("utm_")]
    assert kept == [("amount", "5"), ("amount", "10"), ("empty", "")]
    assert [value for name, value in found if name == "utm_source"] == ["newsroom"]
    assert link.endswith("#form")


def test_where_no_release_led_there_none_is_named():
    link = campaign_link("https://cepr.net/give", Origin("year-end", "winter", medium="email"))
    assert "utm_content" not in dict(parameters(link))
    assert dict(parameters(link))["utm_medium"] == "email"


FROM_SPAIN = Origin("year-end", "winter-gift", "la-elección")


@pytest.mark.parametrize(
    ("page", "own"),
    [
        (
            "https://secure.actblue.com/donate/x",
            {"refcode": "winter_gift", "refcode2": "la_eleccion"},
        ),
        ("https://secure.everyaction.com/x", {"ms": "winter_gift_la_eleccion"}),
        ("https://secure.ngpvan.com/x", {"ms": "winter_gift_la_eleccion"}),
        ("https://office.salsalabs.org/give", {"sl_tc": "winter_gift_la_eleccion"}),
        ("https://actionnetwork.org/fundraising/x", {"source": "winter_gift_la_eleccion"}),
        ("https://give.classy.org/x", {"c_src": "winter_gift", "c_src2": "la_eleccion"}),
        ("https://buy.stripe.com/x", {"client_reference_id": "winter_gift_la_eleccion"}),
        (
            "https://www.paypal.com/donate?hosted_button_id=X",
            {"custom": "winter_gift_la_eleccion", "item_number": "year_end"},
        ),
        ("https://donorbox.org/x", {}),
        ("https://notactblue.com/x", {}),
        ("https://actblue.com.example.org/x", {}),
    ],
)
def test_each_platform_is_told_in_its_own_words(page, own):
    found = dict(parameters(campaign_link(page, FROM_SPAIN)))
    told = {name: value for name, value in found.items() if not name.startswith("utm_")}
    assert {name: value for name, value in told.items() if name != "hosted_button_id"} == own
    assert found["utm_campaign"] == "year-end"


def test_a_code_of_its_own_stays():
    page = "https://secure.actblue.com/donate/x?refcode=ours"
    found = parameters(campaign_link(page, ORIGIN))
    assert [value for name, value in found if name == "refcode"] == ["ours"]
    assert dict(found)["refcode2"] == "a_release"


@given(names=st.tuples(*[st.text()] * 3), host=st.sampled_from(sorted(PLATFORMS)))
def test_every_code_is_one_that_platforms_take(names, host):
    link = campaign_link(f"https://www.{host}/give", Origin(*names))
    codes = {name for known in PLATFORMS.values() for name in known}
    for name, value in parameters(link):
        if name in codes:
            assert 0 < len(value) <= LONGEST_CODE
            assert re.fullmatch("[A-Za-z0-9_]+", value)
