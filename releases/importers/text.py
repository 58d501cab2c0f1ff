"""Reads a release from plain text, as copied from a web page or written in an editor.

The order looked for is kicker and topics, headline, subhead, date, people to call, body, end mark,
appeal; date and people may also come first, people also last. Every word goes into some field of
the result, save end marks ("###", "-30-") and the label of a line of topics ("Topics:").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import takewhile
from typing import Any

from releases.importers import (
    ImportedContact,
    ImportedRelease,
    contact_label,
    could_be_name,
    fold,
    guess_language,
    has_number_or_mail,
    read_people,
)
from releases.importers.dates import (
    find_date,
    place_line,
    read_date_line,
    split_date,
    split_dateline,
)
from releases.importers.lines import END_MARK, WRAP_WIDTHS, Line, read_lines

LONG = 250  # characters: no headline or subhead is longer, most paragraphs are

KICKERS = {
    "press_release": (
        "press release", "news release", "comunicado de prensa", "nota de prensa",
        "boletin de prensa", "comunicado a imprensa", "comunicado de imprensa",
        "nota a imprensa", "nota de imprensa",
    ),
    "media_advisory": (
        "media advisory", "press advisory", "aviso a los medios", "aviso de prensa",
        "convocatoria de prensa", "aviso de pauta", "aviso a imprensa",
    ),
    "statement": ("press statement", "statement", "declaracion", "declaracao"),
    "open_letter": ("open letter", "carta abierta", "carta aberta"),
}  # fmt: skip
# These also open headlines ("Statement on …"), so they count only where nothing else can be meant.
WEAK_KINDS = ("statement", "open_letter")
LINKS = re.compile(
    r"an?|about|al?|aos?|as|by|concerning|d[aeo]s?|del|em|en|for|from|in|n[ao]|of|on|para|por"
    r"|pel[ao]|regarding|sobre|to"
)
SEPARATOR = re.compile(r"[|•·›»>;:/—–]")
BAR = re.compile(r"[|•·›»]")
TOPICS_LABEL = re.compile(r"(?:topics?|temas?|topicos?|assuntos?)\s*:")
EMBARGO = re.compile(
    r"(?:(?:strictly|under|bajo|sob) )*embarg(?:o|oed|ado|ada)"
    r"(?:\s*:| (?:until|till|hasta|ate|for)\b)"
    r"|not for (?:release|publication|broadcast|use) (?:before|until)\b"
    r"|no (?:publicar|difundir) (?:antes|hasta)\b|nao (?:publicar|divulgar) (?:antes|ate)\b"
)
HOUR = re.compile(r"\d\s*(?::\d\d|[ap]\.?m\b|h(?:rs?|oras)?\b)", re.I)

ASKS = re.compile(r"donat|donac|doac|doe\b|contribu|aporte|apoio financeiro|financial support")
ADDRESSES_READER = re.compile(
    r"\b(?:you|your|us|our|usted|tu|su|nos|nuestr[ao]s?|voce|sua?|noss[ao]s?)\b"
)
APPEAL_HEADING = re.compile(
    r"(?:support|donate|give|help|apoy[eao]r?|apoi[ea]r?|don[ea]|doe|doar|contribu\w+|colabor\w+"
    r"|ayud\w+|ajud\w+)\b"
)


def parse(text: str, known_topics: Sequence[str], *, region: str = "US") -> ImportedRelease:
    """The release that `text` holds. Never raises.

    `known_topics` are the names to find in the topics (case, accents and "&" for "and" don't
    matter, the longest wins); `region` is the ISO 3166 code of the country whose phone numbers
    and order of day and month are meant: month first only in "US".
    """
    reader = _Reader(read_lines(text), known_topics, region)
    reader.read_head()
    reader.read_body()
    return reader.release()


@dataclass(frozen=True)
class _Word:
    folded: str
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    found = re.finditer(r"\w+|&", text)
    return [_Word(fold(m[0]) if m[0] != "&" else "and", m.start(), m.end()) for m in found]


def _starts(words: Sequence[_Word], phrase: Sequence[str]) -> Iterator[int]:
    """Where `phrase` stands among `words`."""
    size, folded = len(phrase), [word.folded for word in words]
    return (i for i in range(len(folded) - size + 1) if folded[i : i + size] == list(phrase))


def _find_kicker(line: str, words: Sequence[_Word]) -> tuple[str, range]:
    """The kind and the place of the kicker in a line; ("", empty range) without one."""
    phrases = [(kind, p.split()) for kind, names in KICKERS.items() for p in names]
    for kind, phrase in sorted(phrases, key=lambda pair: -len(pair[1])):
        for i in _starts(words[:12], phrase):
            after = i + len(phrase)
            opens = i == 0 or BAR.search(line[words[i - 1].end : words[i].start])
            rest = line[words[after].start :] if after < len(words) else ""
            linked = rest and LINKS.fullmatch(words[after].folded) and not find_date(rest[:40])
            if opens and not linked:
                return kind, range(i, after)
    return "", range(0)


def _find_topics(words: Sequence[_Word], known: Iterable[str], taken: set[int]) -> list[str]:
    """The topics named, in order; the places of their words are added to `taken`."""
    found: dict[int, str] = {}
    phrases = [(name, [word.folded for word in _words(name)]) for name in known]
    for name, phrase in sorted(phrases, key=lambda pair: -len(pair[1])):
        for i in _starts(words, phrase) if phrase else ():
            span = range(i, i + len(phrase))
            if taken.isdisjoint(span):
                taken.update(span)
                found[i] = name
    return list(dict.fromkeys(found[i] for i in sorted(found)))


def _leftovers(line: str, words: Sequence[_Word], taken: set[int]) -> list[str]:
    """The stretches of a line whose words are not taken."""
    marks = [(0, 0)] + [(words[i].start, words[i].end) for i in sorted(taken)]
    ends = [start for start, _end in marks[1:]] + [len(line)]
    gaps = (line[end:until] for (_start, end), until in zip(marks, ends, strict=True))
    pieces = (piece.strip(" ,.-") for gap in gaps for piece in SEPARATOR.split(gap))
    return [piece for piece in pieces if re.search(r"\w", piece)]


@dataclass
class _Reader:
    """Goes once through the lines of a release, from the top, and fills the fields."""

    lines: list[Line]
    known: Sequence[str]
    region: str
    at: int = 0
    spare: str = ""  # what stands beside a kicker: the headline if there is no other
    found: dict[str, Any] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    dated: date | None = None
    contacts: list[ImportedContact] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def read_head(self) -> None:
        """All that stands above the body."""
        while self.at < len(self.lines):
            text = self.lines[self.at].text
            if self._is_head_line(self.at):
                self._take_head_line(text)
            elif "headline" in self.found or not self._take_kicker_line(text):
                end = self._plain_end(self.at)
                text = self._text(self.at, end)
                name = self._place_for(text, end)
                if name == "body":
                    return
                self._put(name, text)
                self.at = end

    def _put(self, name: str, text: str) -> None:
        """Keeps a text: in its field if that is free, else among the unplaced."""
        if name and name not in self.found:
            self.found[name] = text
        else:
            self.unplaced.append(text)

    def _is_head_line(self, at: int) -> bool:
        """Whether a line is a date, an embargo, people to call or an end mark."""
        text = self.lines[at].text
        is_date, day = read_date_line(text, self.region)
        return (
            (is_date and not (day and self.dated))
            or contact_label(text) >= 0
            or (at > 0 and "dateline" not in self.found and bool(place_line(text)[0]))
            or bool(END_MARK.fullmatch(text) or EMBARGO.match(fold(text[:LONG])))
        )

    def _take_head_line(self, text: str) -> None:
        is_date, day = read_date_line(text, self.region)
        if is_date:
            self.dated = self.dated or day
            self._note_date(text)
            self.unplaced += [text] if HOUR.search(text) else []
        elif contact_label(text) >= 0:
            self._take_contacts()
            return
        elif place_line(text)[0] and not EMBARGO.match(fold(text)):
            self.found["dateline"], written, day = place_line(text)
            self.dated = self.dated or day
            self._note_date(written)
        elif not END_MARK.fullmatch(text):
            self.unplaced.append(text)
        self.at += 1

    def _note_date(self, text: str) -> None:
        self.found["dated_raw"] = f"{self.found.get('dated_raw', '')} {text}".strip()

    def _take_kicker_line(self, text: str) -> bool:
        """Takes kicker and topics from a line above the headline, if it is of that sort."""
        if len(text) > 4 * LONG:
            return False
        words = _words(text)
        kind, place = _find_kicker(text, words)
        labelled = bool(TOPICS_LABEL.match(fold(text)))
        taken = set(place) | ({0} if labelled else set())
        topics = _find_topics(words, self.known, taken)
        left = _leftovers(text, words, taken)
        cut = place and SEPARATOR.match(text[words[place[-1]].end :].lstrip())
        sure = kind and (kind not in WEAK_KINDS or not left or topics or cut)
        if not (sure or labelled or (topics and (not left or BAR.search(text)))):
            return False
        if place:
            self.found.setdefault("kind", kind)
            self._put("kicker", text[words[place[0]].start : words[place[-1]].end])
            self.spare = left[0] if len(left) == 1 and not topics else self.spare
        self.topics += topics
        self.unplaced += left
        self.at += 1
        return True

    def _plain_end(self, at: int) -> int:
        """The end of the plain text that begins here: a short block, or else one paragraph."""
        block, below = self.lines[at].block, range(at + 1, min(at + 4, len(self.lines)))
        rest = [i for i in below if self.lines[i].block == block]
        run = [at, *takewhile(lambda i: not self._is_head_line(i), rest)]
        short = all(len(self.lines[i].text) < WRAP_WIDTHS.stop for i in run)
        return run[-1] + 1 if short and len(run) <= 3 else self._unit_end(at)

    def _unit_end(self, at: int) -> int:
        """The end of the paragraph that begins here."""
        unit, below = self.lines[at].unit, range(at + 1, len(self.lines))
        return next((i for i in below if self.lines[i].unit != unit), len(self.lines))

    def _text(self, at: int, end: int) -> str:
        return " ".join(line.text for line in self.lines[at:end])

    def _place_for(self, text: str, end: int) -> str:
        """What a plain text above the body is: headline, subhead, "" (none of it) or body."""
        opens = bool(split_dateline(text)[0])
        if "headline" not in self.found:
            return "body" if len(text) > LONG or (opens and len(text) > 160) else "headline"
        if len(text) > LONG:
            return "body"
        after = end
        while after < len(self.lines) and self._is_head_line(after):
            after = self._contacts_end(after)
        if after == len(self.lines) or END_MARK.fullmatch(self.lines[end].text):
            return "body"
        if after > end:
            return "subhead" if "subhead" not in self.found else ""
        following = self._text(end, self._plain_end(end))
        titled = split_dateline(following)[0] or not re.search(r"[.!?…]\W*$", text)
        return "subhead" if titled and not opens and "subhead" not in self.found else "body"

    def _contacts_end(self, at: int) -> int:
        """The end of the lines that go with the line at `at`: more than one for people to call."""
        label = contact_label(self.lines[at].text)
        end, bare = at + 1, label == len(self.lines[at].text)
        while label >= 0 and end < min(at + 13, len(self.lines)) and self._goes_on(end, at, bare):
            end += 1
        return end

    def _goes_on(self, end: int, at: int, bare: bool) -> bool:
        """Whether a line goes on naming people: a number, or a name or role above a number."""
        line = self.lines[end]
        if contact_label(line.text) >= 0 or read_date_line(line.text, self.region)[0]:
            return False
        if has_number_or_mail(line.text, self.region):
            return True
        beside = bare and line.block == self.lines[at].block
        below = [x.text for x in self.lines[end + 1 : end + 3] if contact_label(x.text) < 0]
        data = any(has_number_or_mail(text, self.region) for text in below)
        return could_be_name(line.text) and (beside or data)

    def _take_contacts(self, *, reachable: bool = False) -> bool:
        """Takes the people named here; with `reachable` only if one has a number or mail."""
        end = self._contacts_end(self.at)
        raw = "\n".join(line.text for line in self.lines[self.at : end])
        people = read_people(raw, self.region)
        if reachable and not any(p.phone or p.mobile or p.email for p in people):
            return False
        self.contacts += people
        self.unplaced += [] if people else [raw]
        self.at = end
        return True

    def read_body(self) -> None:
        """The body, the people below it, the appeal and what follows."""
        ends: list[int] = []
        while self.at < len(self.lines):
            text = self.lines[self.at].text
            if END_MARK.fullmatch(text):
                ends += [len(self.body)] if self.body else []
                self.at += 1
            elif contact_label(text) < 0 or not self._take_contacts(reachable=True):
                end = self._unit_end(self.at)
                self.body.append(self._text(self.at, end))
                self.at = end
        self._cut_body(min(ends, default=len(self.body)))
        self._cut_dateline()

    def _cut_body(self, end: int) -> None:
        """Ends the body at the paragraph `end`, or at the appeal if that comes before."""
        appeal, rest = _find_appeal(self.body), self.body[end:]
        if appeal is not None:
            heading, text = self.body[appeal : appeal + 2]
            self.found |= {"appeal_heading": heading, "appeal_text": text}
            end = min(end, appeal)
            rest = self.body[end:appeal] + self.body[appeal + 2 :]
        self.unplaced += rest
        self.body = self.body[:end]

    def _cut_dateline(self) -> None:
        place, rest = split_dateline(self.body[0]) if self.body else ("", "")
        if not place:
            return
        self.body[:1] = [rest] if rest else []
        bare, written, day = split_date(place)
        if day and self.dated in (None, day):
            place, self.dated = bare, day
            self._note_date(written)
        self.unplaced += [self.found["dateline"]] if "dateline" in self.found else []
        self.found["dateline"] = place

    def release(self) -> ImportedRelease:
        """What was found."""
        if self.spare and "headline" not in self.found:
            self.found["headline"] = self.spare
            self.unplaced.remove(self.spare)
        return ImportedRelease(
            topics=tuple(dict.fromkeys(self.topics)),
            dated=self.dated,
            contacts=tuple(self.contacts),
            body="\n".join(f"<p>{escape(text, quote=False)}</p>" for text in self.body),
            language=guess_language(" ".join((self.found.get("headline", ""), *self.body))),
            unplaced=tuple(self.unplaced),
            **self.found,
        )


def _find_appeal(paragraphs: Sequence[str]) -> int | None:
    """Where the heading of the closing call for money stands: the last one if several."""
    for i in reversed(range(len(paragraphs) - 1)):
        heading, text = paragraphs[i], paragraphs[i + 1]
        if len(heading) <= 60 and len(text) <= 2 * LONG and APPEAL_HEADING.match(fold(heading)):
            folded = fold(text)
            if ASKS.search(folded) and ADDRESSES_READER.search(folded):
                return i
    return None
