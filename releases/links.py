"""Are the pages there that a text links to? Asked on demand, bounded in time, and safely.

A server that fetches what people type can be led into its own network (CWE-918). So: http and
https on their own ports; each name is looked up once, every address of it must be a public one,
and the connection goes to an address that was checked; so at each redirect.
"""

import re
import socket
import ssl
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

MOST, AT_ONCE, HOPS = 30, 6, 5
EACH, WHOLE = 5.0, 10.0  # seconds
SMALL = 1024  # bytes read of an answer
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {"User-Agent": "cepr_press link check", "Accept": "*/*", "Connection": "close"}
# Addresses of IPv4 as IPv6 writes them for a translator (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")


class NotAsked(Exception):
    """The address is not one that this server may ask."""


class Elsewhere(NotAsked):
    """The address is at a host that whoever asks does not want to be led to."""


@dataclass(frozen=True)
class Answer:
    """What came of asking: `verdict` is alive, gone, unsure or refused."""

    address: str
    verdict: str
    words: str


class Pinned(HTTPConnection):
    """A connection to the very address that was checked, whatever the name means by now."""

    def __init__(self, scheme: str, host: str, ip: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.scheme, self.ip = scheme, ip
        if port == PORTS[scheme]:
            self.default_port = port

    def connect(self) -> None:
        """Open the socket; TLS is verified against the name."""
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)
        if self.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def check(addresses: Iterable[str], hosts: Container[str] | None = None) -> list[Answer]:
    """Return an answer for each http(s) address, the first MOST of them, within WHOLE seconds.

    With `hosts`, nothing is asked of others, and no redirect followed to them.
    """
    asked = [one for one in addresses if re.match(r"https?:", one, re.I)][:MOST]
    pool = ThreadPoolExecutor(AT_ONCE)
    futures = [pool.submit(ask, one, hosts) for one in asked]
    wait(futures, timeout=WHOLE)
    pool.shutdown(wait=False, cancel_futures=True)
    return [_answer(one, future) for one, future in zip(asked, futures, strict=True)]


def _answer(address: str, future: Future[int]) -> Answer:
    """Say in words what asking came to."""
    if not future.done() or future.cancelled():
        return Answer(address, "unsure", _("no answer in time"))
    match future.exception():
        case None:
            return _judged(address, future.result())
        case Elsewhere():
            return Answer(address, "refused", _("leads to a host that is not allowed"))
        case NotAsked():
            return Answer(address, "refused", _("not asked: not a public web address"))
        case TimeoutError():
            return Answer(address, "unsure", _("no answer in time"))
        case _:
            return Answer(address, "gone", _("no answer"))


def _judged(address: str, status: int) -> Answer:
    """Say in words what a status means for the link (RFC 9110, 15)."""
    if status < 300:
        return Answer(address, "alive", _("is there"))
    if status in (404, 410):
        return Answer(address, "gone", _("is not there (%(status)d)") % {"status": status})
    return Answer(
        address, "unsure", _("look for yourself (the site answers %(status)d)") % {"status": status}
    )


def ask(address: str, hosts: Container[str] | None = None) -> int:
    """Return the status that `address` answers with after its redirects.

    Raises NotAsked for what is no public web address, Elsewhere for a host that is not one of
    `hosts`, OSError, HTTPException or ValueError where no answer comes.
    """
    end = monotonic() + EACH
    for _hop in range(HOPS + 1):
        if hosts is not None and urlsplit(address).hostname not in hosts:
            raise Elsewhere
        status, target = _once(address, "HEAD", end)
        if status >= 400:
            status, target = _once(address, "GET", end)
        if status not in REDIRECTS or not target:
            return status
        address = urljoin(address, target)
    raise HTTPException("too many redirects")


def _once(address: str, method: str, end: float) -> tuple[int, str]:
    """Ask once; return the status and where it leads."""
    parts = urlsplit(iri_to_uri(address))
    host, port = _place(parts.scheme, parts.hostname, parts.port)
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    ip = public_address(host, port)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _asking(Pinned(parts.scheme, host, ip, port, left), method, target, end) as response:
        if method == "GET":
            response.read(SMALL)
        return response.status, response.headers.get("Location", "")


@contextmanager
def _asking(connection: Pinned, method: str, target: str, end: float) -> Iterator[HTTPResponse]:
    """Open the answer; a server that drips is cut off at `end` (by the monotonic clock)."""
    try:
        connection.connect()
        cut = Timer(max(end - monotonic(), 0), connection.sock.shutdown, [socket.SHUT_RDWR])
        cut.daemon = True
        cut.start()
        try:
            connection.request(method, target, headers=HEADERS)
            yield connection.getresponse()
        finally:
            cut.cancel()
    finally:
        connection.close()


def _place(scheme: str, host: str | None, port: int | None) -> tuple[str, int]:
    """Return host and port if they may be asked."""
    port = port if port is not None else PORTS.get(scheme)
    if scheme not in PORTS or not host or port is None:
        raise NotAsked
    if port not in PORTS.values() and f"{host}:{port}" != settings.LINKS_STAND_IN:
        raise NotAsked
    return host, port


def public_address(host: str, port: int) -> str:
    """Look `host` up once; return an IP address of it if all of them are public ones."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = [str(place[0]) for *_kind, place in found]
    if f"{host}:{port}" != settings.LINKS_STAND_IN and not all(is_public(ip) for ip in ips):
        raise NotAsked
    return ips[0]


def is_public(text: str) -> bool:
    """Return whether an IP address is one of the public Internet (RFC 6890), also where an IPv6
    address only carries an IPv4 one."""
    ip = ip_address(text.partition("%")[0])
    return all(
        one.is_global
        and not one.is_multicast
        and not one.is_reserved
        and not one.is_link_local
        and not one.is_loopback
        for one in _carried(ip) or (ip,)
    )


def _carried(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return the IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, IPv4Address):
        return []
    inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in TRANSLATED:
        inside.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in inside if one is not None]
