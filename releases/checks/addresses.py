"""The links of a release: does each lead anywhere at all? (releases/links.py asks the sites.)"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from releases.checks.subject import Problem, Subject
from releases.elements import Node
from releases.html import tree

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def hrefs(body: str) -> list[str]:
    """Return the addresses that a body links to, once each, in order."""
    return list(dict.fromkeys(_hrefs(tree(body))))


def _hrefs(node: Node) -> Iterator[str]:
    if "href" in node.attrs:
        yield node.attrs["href"]
    for child in node.nodes():
        yield from _hrefs(child)


def well_formed(href: str) -> bool:
    """Return whether an address is whole: http(s) with a host, mailto with an address, a phone
    number, or a footnote of the same text (RFC 3986)."""
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return False
    if href.startswith("#fn"):
        return True
    if parts.scheme == "mailto":
        return bool(MAIL.fullmatch(parts.path))
    if parts.scheme == "tel":
        return bool(re.search(r"\d{3}", parts.path))
    whole = "." in host.strip(".") or ":" in host
    return parts.scheme in ("http", "https") and whole and not re.search(r"\s", href)


def links(subject: Subject) -> Problem | None:
    """Every link leads out of the page to a whole address."""
    broken = next((href for href in hrefs(subject.content.body) if not well_formed(href)), None)
    if broken is None:
        return None
    return Problem(
        "body", _("“%(address)s” is no whole address to link to.") % {"address": broken or " "}
    )
