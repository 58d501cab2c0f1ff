"""Splits markup of any quality into text and tags, in linear time, without ever raising.

After the tokeniser of WHATWG HTML, 13.2.5, but for broken input: where that drops the rest of a
text (a tag, quote or comment that never ends), this keeps it.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z][^\s<>/]*)(?P<attrs>(?:[^<>=]|=\s*+(?:\"[^\"]*\"|'[^']*')?)*+)>"
    r"|<[!?](?!--)[^<>]*>"
)
OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
ATTRIBUTE = re.compile(
    r"([^\s=/\"'<>]+)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?+"
)
# What no text may hold: controls, halves of surrogate pairs, non-characters, byte order marks.
UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
RAW = ("script", "style", "title", "xml", "noscript", "template", "iframe", "object", "noembed")
# Redirects put around an address by the program the text was copied from: host, path, parameter.
WRAPPERS = (
    (re.compile(r"www\.google\.com"), "/url", "q"),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", "url"),
)


def tokens(markup: str) -> Iterator[tuple[str, str, str]]:
    """Split markup into ("text", data, ""), ("start", tag, attributes) and ("end", tag, "").

    Comments, declarations and raw-text elements are left out. What only looks like a tag is text.
    """
    position = written = 0
    last_comment_end = markup.rfind("-->")
    unclosed: set[str] = set()
    while found := OPENING.search(markup, position):
        here = found.start()
        match = TOKEN.match(markup, here)
        if match:
            position = match.end()
        elif markup.startswith("<!--", here):
            closed = last_comment_end > here + 1
            position = markup.find("-->", here + 2) + 3 if closed else here + 4
        else:
            position = here + 1
            continue
        if written < here:
            yield "text", markup[written:here], ""
        if match and match["tag"]:
            tag = match["tag"].lower()
            yield ("end" if match["end"] else "start"), tag, match["attrs"]
            if tag in RAW and not match["end"] and tag not in unclosed:
                position = _raw_end(markup, tag, position, unclosed)
        written = position
    if written < len(markup):
        yield "text", markup[written:], ""


def _raw_end(markup: str, tag: str, position: int, unclosed: set[str]) -> int:
    """Where the content of a raw-text element ends; if nothing closes it, here, and so noted."""
    if end := re.compile(f"</{tag}", re.I).search(markup, position):
        return end.start()
    unclosed.add(tag)
    return position


def fit(data: str) -> str:
    """Source text as characters: references resolved, unfit characters gone."""
    return UNFIT.sub("", html.unescape(data) if "&" in data else data)


def attributes(source: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case; of two with one name the first counts."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        found.setdefault(match[1].lower(), fit(match[2] or match[3] or match[4] or "").strip())
    return found


def unwrapped(href: str) -> str:
    """An address without the redirects that Google Docs and Outlook put around it."""
    if not 0 < len(href) <= 4096:
        return ""
    try:
        parts = urlsplit(href)
        for host, path, name in WRAPPERS:
            if host.fullmatch(parts.netloc.lower()) and parts.path == path:
                target = parse_qs(parts.query).get(name, [""])[0].strip()
                return unwrapped(target) if len(target) < len(href) and target else href
    except (ValueError, RecursionError):
        return ""
    return href
