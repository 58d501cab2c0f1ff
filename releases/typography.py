"""House style: quotation marks, apostrophes, dashes, ellipses and no-break spaces, by language.

Pure functions over texts and markup. What departs from house style is found and changed by the
same rules, so that what was changed once departs no more. Letters and figures are never touched,
nor are addresses, attributes, and words that are marked as another language's.

The marks, after the Chicago Manual of Style, the Ortografía of the RAE and the Manual de Redação
of Folha de S.Paulo; where they leave a choice, the office's own releases decide:

- quotation marks “ ” and, within them, ‘ ’, in all three languages. Spanish « » are left as typed;
- the dash —: in English as it was spaced, in Portuguese between spaces, in Spanish close to the
  words that a pair of them sets apart ("un texto —así— y más");
- a per cent sign close to its figure in English and Portuguese; in Spanish it may stand apart.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from releases.builder import TITLES
from releases.elements import NBSP, Node, is_block, serialise
from releases.html import clean_source, tree

Edit = tuple[int, int, str]  # from, to, and what is to stand there


@dataclass(frozen=True)
class House:
    """What one language does its own way."""

    spaced_dash: bool  # a dash between words stands between spaces
    paired_dashes: bool  # two dashes in a sentence embrace the words between them
    close_percent: bool
    year_ranges: bool  # 2010–2015 with a dash
    units: str  # words that a figure before them is not parted from, as a pattern


ROUNDS = 5
MEASURES = "km²?|kg|m²|cm|mm|ha|MW|GW|kWh|°C|t"
HOUSES = {
    "en": House(False, False, True, True, f"(?:m|b|tr)illion|percent|per cent|{MEASURES}"),
    "es": House(False, True, False, False, f"mil|mill[oó]n(?:es)?|billones|por ciento|{MEASURES}"),
    "pt": House(True, False, True, False, f"mil|(?:mi|bi|tri)lh(?:ão|ões)|por cento|{MEASURES}"),
}

ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:[^\s\"'<>“”‘’]|'(?=\w))+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/[^\s\"<>“”]*"
)
MARK = re.compile("[\"'“”‘’«»]")
CLOSED_SINGLE = re.compile(r"(?<=\S)['’](?!\w)")
ELISION = re.compile(r"'(?:\d\ds?\b|(?:em|tis|twas|til|cause|n)\b)", re.I)
AFTER_OPENING = "([{“‘«¿¡"
AFTER_JOINT = "—–-/"
BEFORE_CLOSING = ".,;:!?…)]}”’»\"'"
DASH = re.compile(r"(?<=[^\s-])([ \xa0]?)(-{2,3}|(?<=[ \xa0])-(?=[ \xa0]))([ \xa0]?)(?=[^\s-])")
SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s")
YEARS = re.compile(r"(?<![\w./-])(?:1[89]|20)\d\d(-)(?:1[89]|20)\d\d(?![\w/-])")
DOTS = re.compile(r"(?<!\.)\.{3}(?!\.)")
PERCENT = re.compile(r"(?<=\d)[ \xa0](?=%)")
MONEY = re.compile(r"(?:(?<!\w)(?:US\$|R\$|S/|Bs\.?|USD|EUR|BRL)|[$€£¥])( )(?=\d)")
PLACES = re.compile(
    r"(?<!\w)(?:(?:pp?|p[aá]gs?|arts?|n[uú]m|nos?|vol|cap|fig|sec)\.|n\.?º|n[°º]|§)( )(?=\d)", re.I
)
NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, TITLES))})( )(?=[^\W\d_])")
INITIAL = re.compile(r"(?<![\w.])[A-ZÀ-ÖØ-Þ]\.( )(?=([A-ZÀ-ÖØ-Þ]\w*))")
# "Plan B. The …": with these a sentence begins, and no name goes on.
BEGINNINGS = frozenset((
    "A", "An", "And", "As", "At", "But", "For", "He", "I", "If", "In", "It", "No", "On",
    "She", "So", "That", "The", "These", "They", "This", "To", "We", "What", "When", "Al",
    "Con", "Cuando", "De", "El", "En", "Es", "Este", "Esta", "Las", "La", "Los", "Lo",
    "Más", "Ni", "Para", "Pero", "Por", "Que", "Se", "Si", "Sin", "Su", "Sus", "Un", "Una",
    "Y", "Ao", "Aos", "Com", "Da", "Do", "Das", "Dos", "Ela", "Ele", "Em", "Isso", "Mas",
    "Na", "Não", "Nos", "O", "Os", "Uma",
))  # fmt: skip


def styled(text: str, language: str) -> str:
    """Return a line or more of plain text in the house style of `language` (BCP 47: en, es, pt-BR).

    Idempotent; a text in another language comes back as it is. Never raises.
    """
    return "".join(restyled([(text, True)], language))


def styled_markup(markup: str, language: str) -> str:
    """Return rich text, cleaned, in the house style of `language`; block by block, across the
    marks of emphasis and links. A block that says it is in another language goes by that one's.
    """
    root = tree(markup)
    _style_blocks(root, language)
    return clean_source(serialise(root))


def restyled(pieces: Sequence[tuple[str, bool]], language: str) -> list[str]:
    """Return the pieces that one running text is made of, each in house style.

    Pieces that are not to be changed (False) are only seen by the rules, as neighbours.
    """
    texts = [text for text, _free in pieces]
    texts, free = [text for text, _free in pieces], [free for _text, free in pieces]
    house = HOUSES.get(language.partition("-")[0].lower())
    for _round in range(ROUNDS if house else 0):
        former = texts
        for rule in RULES:
            line = "".join(texts)
            if edits := list(rule(line, house)):  # type: ignore[arg-type]
                kept = _kept(line, texts, free)
                texts = _applied(texts, [one for one in edits if not any(kept[one[0] : one[1]])])
        if texts == former:
            break  # a mark with nothing around it may be told by what another rule changed
    return texts


def _kept(line: str, texts: list[str], free: list[bool]) -> bytearray:
    """Return for each character of a line whether it is to stay: in addresses, in kept pieces."""
    kept = bytearray()
    for text, may_change in zip(texts, free, strict=True):
        kept += bytes([not may_change]) * len(text)
    for found in ADDRESS.finditer(line):
        kept[found.start() : found.end()] = b"\1" * len(found.group())
    return kept


def _applied(texts: list[str], edits: list[Edit]) -> list[str]:
    """Make the edits, given in order; one that reaches over the end of a piece is left out."""
    changed, at, waiting = [], 0, deque(edits)
    for text in texts:
        end, parts, done = at + len(text), [], 0
        while waiting and waiting[0][0] < end:
            start, until, new = waiting.popleft()
            if at <= start and until <= end:
                parts += [text[done : start - at], new]
                done = until - at
        changed.append("".join(parts) + text[done:])
        at = end
    return changed


def _style_blocks(parent: Node, language: str) -> None:
    """Restyle each running text in `parent`, whatever it stands in."""
    children: list[Node | str] = []
    for is_running, run in groupby(parent.children, key=lambda child: not is_block(child)):
        found = list(run)
        if is_running:
            new = restyled(list(_pieces(found, language, True)), language)
            found = _put(found, iter(new))
        children += found
    for block in (child for child in children if isinstance(child, Node) and is_block(child)):
        _style_blocks(block, block.attrs.get("lang", language).lower())
    parent.children = children


def _pieces(children: list[Node | str], language: str, free: bool) -> Iterator[tuple[str, bool]]:
    """Give the texts in running text, and whether each may be changed."""
    for child in children:
        if isinstance(child, str):
            yield child, free
        elif child.tag == "br":
            yield "\n", False
        else:
            same = child.attrs.get("lang", language).lower() == language
            yield from _pieces(child.children, language, free and same)


def _put(children: list[Node | str], texts: Iterator[str]) -> list[Node | str]:
    """Put the texts in the places that _pieces() gave them from."""
    put: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            put.append(next(texts))
        elif child.tag == "br":
            next(texts)
            put.append(child)
        else:
            child.children = _put(child.children, texts)
            put.append(child)
    return put


# -- the rules: each says what is to be changed in a line


def _quotes(line: str, house: House) -> Iterator[Edit]:
    """Straight marks → “ ” ‘ ’, by what stands on either side and by what is open."""
    closings = [found.start() for found in CLOSED_SINGLE.finditer(line)]
    last_closing = closings[-1] if closings else -1
    double = single = 0
    previous = (-1, "")
    for found in MARK.finditer(line):
        at, mark = found.start(), found.group()
        before = previous[1] if previous[0] == at - 1 else line[at - 1 : at] or " "
        after = line[at + 1 : at + 2] or " "
        if mark == '"':
            mark = _double(before, after, bool(double))
        elif mark == "'":
            elided = bool(ELISION.match(line, at)) or last_closing <= at + 1
            mark = _single(before, after, bool(single), elided)
        if mark != found.group():
            yield at, at + 1, mark
        double = max(0, double + (mark in "“«") - (mark in "”»"))
        single = max(0, single + (mark == "‘") - (mark == "’" and not after.isalnum()))
        previous = (at, mark)


def _opens(before: str, after: str) -> bool:
    """Whether a mark between these two opens something."""
    if after.isspace():
        return False
    joint = before in AFTER_JOINT and after not in BEFORE_CLOSING
    return before.isspace() or before in AFTER_OPENING or joint


def _double(before: str, after: str, is_open: bool) -> str:
    if _opens(before, after):
        return "“"
    if before.isdigit() and not is_open:
        return '"'  # inches
    undecided = (before.isspace() and after.isspace()) or after.isalnum()
    return "“" if undecided and not is_open else "”"


def _single(before: str, after: str, is_open: bool, elided: bool) -> str:
    if _opens(before, after):
        return "’" if elided else "‘"
    measured = before.isdigit() and (after.isdigit() or not (is_open or after.isalpha()))
    return "'" if measured or before.isspace() else "’"  # feet, minutes; a mark by itself


def _dashes(line: str, house: House) -> Iterator[Edit]:
    """Hyphens that stand for a dash → —, – between figures; spaced as the language does."""
    found = [one for one in DASH.finditer(line) if _is_dash(one, line)]
    for mark, is_open, is_close in _in_pairs(found, line, house):
        left, hyphens, right = mark.group(1), mark.span(2), mark.group(3)
        if _between_figures(mark, line):
            yield *hyphens, "–"
            continue
        before = bool(left and not is_close) or house.spaced_dash or is_open
        after = bool(right and not is_open) or house.spaced_dash or is_close
        after = after and (bool(right) or line[mark.end()] not in BEFORE_CLOSING)
        if left and not before:
            yield *mark.span(1), ""
        yield *hyphens, f"{'' if left or not before else ' '}—{'' if right or not after else ' '}"
        if right and not after:
            yield *mark.span(3), ""


def _is_dash(mark: re.Match[str], line: str) -> bool:
    """Not where only one side is spaced ("run --help"), nor a minus between two figures."""
    if bool(mark.group(1)) != bool(mark.group(3)):
        return False
    return not (mark.group(1) and _between_figures(mark, line))


def _between_figures(mark: re.Match[str], line: str) -> bool:
    return line[mark.start() - 1].isdigit() and line[mark.end()].isdigit()


def _in_pairs(
    marks: list[re.Match[str]], line: str, house: House
) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Give each mark with whether it opens or closes words set apart within a sentence."""
    opened = False
    for place, mark in enumerate(marks):
        following = marks[place + 1] if place + 1 < len(marks) else None
        closes = opened
        opened = bool(
            house.paired_dashes
            and not closes
            and following
            and not SENTENCE_END.search(line, mark.end(), following.start())
        )
        yield mark, opened, closes


def _years(line: str, house: House) -> Iterator[Edit]:
    """2010-2015 → 2010–2015, where the language does."""
    if house.year_ranges:
        yield from ((*found.span(1), "–") for found in YEARS.finditer(line))


def _ellipses(line: str, house: House) -> Iterator[Edit]:
    """Three dots → …"""
    yield from ((*found.span(), "…") for found in DOTS.finditer(line))


def _percent(line: str, house: House) -> Iterator[Edit]:
    """The space before a per cent sign goes, or does not break."""
    new = "" if house.close_percent else NBSP
    yield from ((*one.span(), new) for one in PERCENT.finditer(line) if one.group() != new)


def _units(line: str, house: House) -> Iterator[Edit]:
    """A figure stays with its unit."""
    unit = re.compile(rf"(?<=\d) (?=(?:{house.units})(?!\w))")
    yield from ((*found.span(), NBSP) for found in unit.finditer(line))


def _binding(pattern: re.Pattern[str]) -> "Rule":
    """Return the rule by which the space that `pattern` finds does not break."""

    def rule(line: str, house: House) -> Iterator[Edit]:
        yield from ((*found.span(1), NBSP) for found in pattern.finditer(line))

    return rule


def _initials(line: str, house: House) -> Iterator[Edit]:
    """J. K. Rowling keeps her initials beside her name."""
    for found in INITIAL.finditer(line):
        if found.group(2) not in BEGINNINGS:
            yield *found.span(1), NBSP


Rule = Callable[[str, House], Iterator[Edit]]
RULES: tuple[Rule, ...] = (
    _ellipses,
    _quotes,
    _dashes,
    _years,
    _percent,
    _units,
    _binding(MONEY),  # US$ 5
    _binding(PLACES),  # p. 5
    _binding(NAMED),  # Dr. Silva
    _initials,
)
