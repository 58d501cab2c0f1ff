"""A whole release in house style: each text by the rules of its language, the place in its field.

What the desk offers, what the checklist warns of and what an import is given are one function.
"""

from dataclasses import replace

from releases.content import Content, Figure
from releases.elements import Node, is_block, serialise
from releases.html import clean_source, place, tree
from releases.importers.dates import split_dateline
from releases.typography import styled, styled_markup

OPENING = 500  # characters in which a dateline ends


def in_house_style(content: Content) -> Content:
    """Return a release's content in house style; idempotent.

    A place typed at the beginning of the text goes into its field where that is empty, and goes
    where the field says the same.
    """
    body = styled_markup(content.body, content.language)
    dateline = place(content.dateline)
    typed, rest = opening_place(body)
    if typed and (not dateline or typed.casefold() == dateline.casefold()):
        dateline, body = dateline or typed[:120], rest
    language = content.language
    return replace(
        content,
        headline=styled(content.headline, language),
        subhead=styled(content.subhead, language),
        summary=styled(content.summary, language),
        dateline=dateline,
        body=body,
        figures=tuple(_figure(figure, language) for figure in content.figures),
    )


def departures(content: Content) -> list[str]:
    """Return the fields that are not in house style, in the order of the form."""
    other = in_house_style(content)
    names = ("headline", "subhead", "dateline", "body", "summary", "figures")
    return [name for name in names if getattr(other, name) != getattr(content, name)]


def opening_place(body: str) -> tuple[str, str]:
    """Return the place that clean rich text opens with ("Lima — …"), and the text without it;
    ("", body) where it opens with none."""
    root = tree(body)
    first = next(iter(root.children), None)
    if not isinstance(first, Node) or first.tag != "p":
        return "", body
    text = _text(first)
    found, rest = split_dateline(text[:OPENING])
    if not found:
        return "", body
    _cut(first, len(text[:OPENING]) - len(rest))
    return found.strip(), clean_source(serialise(root))


def _figure(figure: Figure, language: str) -> Figure:
    return replace(
        figure,
        alt=styled(figure.alt, language),
        caption=styled(figure.caption, language),
        credit=styled(figure.credit, language),
    )


def _text(child: Node | str) -> str:
    """Return the characters of running text, a line break as one."""
    if isinstance(child, str):
        return child
    return "\n" if child.tag == "br" else "".join(_text(one) for one in child.children)


def _cut(parent: Node, length: int) -> None:
    """Take `length` characters off the beginning of a running text, and the marks around them."""
    while length and parent.children:
        first = parent.children[0]
        size = len(_text(first))
        if size > length:
            if isinstance(first, str):
                parent.children[0] = first[length:]
            elif not is_block(first):
                _cut(first, length)
            return
        parent.children.pop(0)
        length -= size
