"""The words of a release: nothing unfinished, nothing left open, nothing too long."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from releases.checks.subject import Problem, Subject, warning
from releases.elements import Node
from releases.figures import words as said_with
from releases.html import tree, words

LONG_PARAGRAPH = 150  # words
FIELDS = ("headline", "subhead", "dateline", "summary")
BLANKS = "date|name|title|place|city|quote|link|number|fecha|nombre|cargo|lugar|ciudad|cita|enlace"
BLANKS += "|número|data|nome|local|cidade|citação|time|address|event|news|text|names|hora|dirección"
BLANKS += "|acto|noticia|texto|nombres|endereço|evento|notícia|nomes"
PLACEHOLDER = re.compile(
    r"(?<!\w)(?:(?:TK)+|X{2,}|TBD|(?i:lorem)|PENDING\b[^.\n]{0,60}\bQUOTE|QUOTE\s+PENDING)(?!\w)"
    rf"|\[(?i:{BLANKS})(?::[^\[\]\n]{{0,200}})?\]|\?{{3,}}"
)
# Twenty and thirty are Roman numerals, too: "siglos XIX y XX", "la XX Cumbre".
CENTURY = re.compile(
    r"\b(?:siglos?|s[eé]culos?|Super Bowl)\s+(?:[IVXL]+\W+(?:\w{1,2}\s+)?)*[IVXL]+\b"
)
ORDINAL = re.compile(r"\bX{2,3}(?=\s+[^\W\d_a-zà-ÿ][a-zà-ÿ])")
PAIRS = (("“", "”"), ("«", "»"))
INCHES = re.compile(r'(?<=\d)"')


def paragraphs(body: str) -> list[str]:
    """Return the text of each block of a body that holds running text itself, in order."""
    return [text for text in _texts(tree(body)) if text]


def _texts(node: Node) -> Iterator[str]:
    for child in node.nodes():
        if child.tag == "p" or child.tag in ("h2", "h3", "h4"):
            yield "".join(words(part) for part in child.children).strip()
        elif child.role in ("list", "quote", "table", "section") or child.tag in ("li", "tr"):
            yield from _texts(child)
        else:
            yield words(child).strip()


def placeholder_in(text: str, language: str = "en") -> str:
    """Return the first unfinished placeholder in `text` ("TK", "[date]"), or ''."""
    text = CENTURY.sub(" ", text)
    if language != "en":
        text = ORDINAL.sub(" ", text)
    found = PLACEHOLDER.search(text)
    return found.group() if found else ""


def placeholders(subject: Subject) -> Problem | None:
    """Nothing is published that somebody meant to fill in."""
    content = subject.content
    texts = [(name, getattr(content, name)) for name in FIELDS]
    texts += [("body", "\n".join(paragraphs(content.body)))]
    texts += [("figures", "\n".join(said_with(one))) for one in content.figures]
    texts += [("attachments", one.title) for one in content.attachments]
    for field, text in texts:
        if found := placeholder_in(text, content.language):
            return Problem(field, _("“%(words)s” is still to be filled in.") % {"words": found})
    return None


def left_open(texts: Iterable[str]) -> str:
    """Return the beginning of the first paragraph whose quotation is not closed, or ''.

    A quotation that runs on repeats its opening mark at the next paragraph (in Spanish, »).
    Single marks are not looked at: an apostrophe is no quotation mark.
    """
    texts = list(texts)
    for text, following in zip(texts, [*texts[1:], ""], strict=False):
        for opening, closing in PAIRS:
            rest = text.removeprefix(closing) if opening == "«" else text
            if _depth(rest, opening, closing) and not following.startswith(
                (opening, "»") if opening == "«" else opening
            ):
                return text[:40]
        odd = text.count('"') % 2 and len(INCHES.sub("", text).split('"')) % 2 == 0
        if odd and not following.startswith('"'):
            return text[:40]
    return ""


def _depth(text: str, opening: str, closing: str) -> int:
    """Return how many quotations are open at the end of a text."""
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing and depth > 0)
    return depth


def quotations(subject: Subject) -> Problem | None:
    """What was opened with a quotation mark is closed with one."""
    if not (beginning := left_open(paragraphs(subject.content.body))):
        return None
    return warning(
        "body", _("A quotation is not closed in “%(beginning)s…”.") % {"beginning": beginning}
    )


def long_paragraphs(subject: Subject) -> Problem | None:
    """A paragraph can be taken in."""
    for text in paragraphs(subject.content.body):
        if (length := len(text.split())) > LONG_PARAGRAPH:
            return warning(
                "body",
                _("A paragraph has %(length)d words: “%(beginning)s…”.")
                % {"length": length, "beginning": text[:40]},
            )
    return None
