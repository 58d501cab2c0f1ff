"""Asking sites whether a page is there: what is asked, and never an address of our own network."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from releases.links import check, is_public


class StandIn(BaseHTTPRequestHandler):
    """A site of a few pages."""

    def answer(self) -> None:
        status = {"/there": 200, "/inward": 302, "/moved": 301, "/round": 302}.get(self.path, 404)
        target = {"/inward": "http://10.0.0.1/", "/moved": "/there", "/round": "/round"}
        self.send_response(status)
        self.send_header("Location", target.get(self.path, ""))
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.LINKS_STAND_IN = f"127.0.0.1:{server.server_port}"
    yield f"http://{settings.LINKS_STAND_IN}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("page", "verdict"),
    [("/there", "alive"), ("/moved", "alive"), ("/gone", "gone"), ("/inward", "refused"),
     ("/round", "gone")],
)  # fmt: skip
def test_what_a_site_answers(site, page, verdict):
    assert [one.verdict for one in check([f"{site}{page}"])] == [verdict]


@pytest.mark.parametrize(
    ("hosts", "verdict"), [(["127.0.0.1"], "alive"), (["cepr.net"], "refused"), ([], "refused")]
)
def test_with_hosts_given_no_other_is_asked(site, hosts, verdict):
    assert [one.verdict for one in check([f"{site}/moved"], hosts)] == [verdict]


def test_a_redirect_is_not_followed_to_a_host_that_is_not_given(site):
    [found] = check([f"{site}/inward"], ["127.0.0.1"])
    assert (found.verdict, found.words) == ("refused", "leads to a host that is not allowed")


def test_the_stand_in_is_refused_unless_it_is_named(site, settings):
    settings.LINKS_STAND_IN = ""
    assert [one.verdict for one in check([f"{site}/there"])] == ["refused"]


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "224.0.0.1", "0.0.0.0",
     "240.0.0.1", "100.64.0.1", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_address_inside_is_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14"])
def test_an_address_outside_is_public(ip):
    assert is_public(ip)
