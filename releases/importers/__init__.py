"""Importers read a release out of a file. All have one shape: bytes or text in, one
`ImportedRelease` out; they are pure, know no database, and lose nothing of what they read.

Here stand that shape and what every importer needs: the text of a file, dates, people to call.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import phonenumbers
from django.utils.translation import gettext as _

from files.gate import AdmittedPicture

MAX_BYTES = 2 * 1024 * 1024
SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")

CONTACT_LABEL = re.compile(
    r"(?:(?:for (?:more|further) information,?(?: please)?|(?:media|press|news)) )*"
    r"(?:contact(?:o?s)?|contacto|contatos?|inquiries|enquiries|for (?:more|further) information"
    r"|para (?:mas|mais) informac[a-z]+"
    r"|assessoria(?: de comunicacao)?|(?:oficina|gabinete) de prensa)"
    r"(?: (?:de|da|com a|para)(?: a| la| los)? (?:prensa|imprensa|medios|midia))?\s*(?:[:–—-]|$)"
    r"|for (?:more|further) information,?(?: please)? (?:contact|call)\b"
    r"|para (?:mas|mais) informac[a-z]+,? (?:conta[ct][a-z]+|llam[a-z]+)(?: a| con| com)?\b"
)
EMAIL = re.compile(r"([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)")
# Names of icon fonts' ligatures: the page draws a picture, the copied text has the word.
LIGATURES = re.compile(
    r"mail_outline|(?:alternate|attach)_email|(?:local|contact|settings)_phone|contact_mail"
    r"|phone_(?:iphone|android|enabled|in_talk|callback|forwarded)|open_in_new|account_circle",
    re.I,
)
NOT_A_NAME = re.compile(
    r"(?<!\w)(?:phone|telephone|tel[eé]fonos?|telefones?|tel|office|oficina|escrit[oó]rio|direct"
    r"|mobile|cell(?:phone)?|cellular|m[oó]vil|celular|cel|whatsapp|fax|e-?mail|mail(?:to)?"
    r"|correo(?: electr[oó]nico)?|call|on|please|smartphone|print|share|at|or|and|ext"
    r"|[mctpoe](?=:))(?!\w)\.?",
    re.I,
)
ROLE = re.compile(
    r"direct|officer|manager|coord|communicat|comunica|press\b|media\b|prensa|imprensa|spokes"
    r"|portavo|porta-voz|associate|assistant|assessor|editor|president|specialist|department",
    re.I,
)
MOBILE_BEFORE = re.compile(r"(?<!\w)(?:m|c|mobile|m[oó]vil|cel\w*|whatsapp)\W*$", re.I)
MOBILE_AFTER = re.compile(r"\s*\(\s*(?:m|c|mobile|m[oó]vil|cel\w*|whatsapp)\s*\)", re.I)
FAX_BEFORE = re.compile(r"(?<!\w)fax\W*$", re.I)
GLUED = re.compile(
    r"(?<=\d)(?=[^\W\d_])(?!x\d|x \d|ext)|(?<=[^\W\d_])(?<!x)(?<!ext)(?=\+?\(?\d)"
    r"|(?-i:(?<=[^\W\d_A-Z])(?=(?:Phone|Email|Mail|Call)(?![a-z])))",
    re.I,
)
PARTICLES = {
    "al", "ben", "bin", "da", "das", "de", "del", "di", "do", "dos", "du", "e", "el", "la", "las",
    "los", "van", "von", "y",
}  # fmt: skip
STOPWORDS = {
    "en": re.compile(r"\b(?:the|and|of|that|with|from|this|was|has|have|by|are|is)\b"),
    "es": re.compile(r"\b(?:el|los|las|una|con|del|según|más|y|fue|ha|este|esta|su|al)\b"),
    "pt-br": re.compile(r"\b(?:os|uma|com|d[ao]s?|em|não|são|mais|e|foi|pelo|à|ao)\b"),
}


@dataclass(frozen=True)
class Change:
    """One undecided tracked change: `key` names it within its file; `text` is what comes or goes.

    `kind` is "inserted", "deleted" or "moved". An empty text means the end of a paragraph or a row
    of a table. `before` and `after` are the words around it; `date` is as the file has it.
    """

    key: str
    kind: str
    text: str
    before: str = ""
    after: str = ""
    author: str = ""
    date: str = ""


class ImportRefused(ValueError):
    """A file that cannot be imported; its message is a sentence for a press officer."""


@dataclass(frozen=True)
class ImportedContact:
    """A person to call. Numbers are in E.164 form ("+12025550146") or empty.

    `extension` belongs to `phone`; `raw` holds the lines that the contact was read from, which
    several contacts may share.
    """

    name: str
    phone: str = ""
    mobile: str = ""
    email: str = ""
    extension: str = ""
    raw: str = ""


@dataclass(frozen=True)
class ImportedRelease:
    """What a file says, by field; a field that was not found is empty.

    `kind` is one of press_release, statement, media_advisory, open_letter; `kicker` the words
    found for it; `topics` known names; `dated_raw` the line of `dated` as written; `body` HTML
    made of `<p>` with escaped text; `language` "en", "es", "pt-br" or "" where unsure; `unplaced`
    the text that belongs to none of these fields, in the order found.
    """

    kind: str = "press_release"
    kicker: str = ""
    topics: tuple[str, ...] = ()
    headline: str = ""
    subhead: str = ""
    dated: date | None = None
    dated_raw: str = ""
    contacts: tuple[ImportedContact, ...] = ()
    dateline: str = ""
    body: str = ""
    appeal_heading: str = ""
    appeal_text: str = ""
    language: str = ""
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportedPicture:
    """A picture that passed the gate, and what its file said it shows."""

    picture: AdmittedPicture
    alt: str = ""


@dataclass(frozen=True)
class ImportedText:
    """What a file of any type says, before its fields are told apart.

    `text` is plain, or else `markup` is rich text in its order, `notes` its footnotes; `losses`
    are sentences on what the file holds and a release does not take; `changes` are tracked
    changes that a person has to decide on first: while there are any, the rest is empty.
    """

    text: str = ""
    markup: str = ""
    notes: str = ""
    pictures: tuple[ImportedPicture, ...] = ()
    losses: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252.

    Raises ImportRefused for a file above 2 MB (MAX_BYTES) or one that is no plain text.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(_("This file is larger than 2 MB. Import one release at a time."))
    if data.startswith(SIGNATURES):
        raise ImportRefused(
            _("This is not a plain text file (it looks like a Word, PDF or picture file).")
        )
    encodings = ("utf-16",) if data.startswith(UTF16_BOMS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportRefused(_("This file is not readable as text. Save it as plain text (UTF-8)."))


def fold(text: str) -> str:
    """Without case and accents, for comparison."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def guess_language(text: str) -> str:
    """The language ("en", "es", "pt-br") by its most frequent short words; "" if unclear."""
    counts = {name: len(common.findall(text.lower())) for name, common in STOPWORDS.items()}
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    return best if counts[best] > max(1, counts[second]) else ""


def contact_label(line: str) -> int:
    """How many characters "Contact:" or its like takes at the start of a line; -1 without it."""
    folded = fold(line[:501])
    label = CONTACT_LABEL.match(folded)
    if len(line) > 500 or not label:
        return -1
    if len(folded) == len(line):
        return label.end()
    end = re.search(r"[:–—-]", line)
    return end.end() if end else len(line)


def has_number_or_mail(line: str, region: str) -> bool:
    """Whether a line is some person's number or mail, with few words beside it."""
    if len(line) > 160 or len(re.findall(r"[^\W\d_]+", EMAIL.sub(" ", line))) > 8:
        return False
    return any(token.kind != "name" for token in _tokens(line, region))


def could_be_name(line: str) -> bool:
    """Whether a line can be a name or a role standing with a number: a few capitalised words."""
    return len(line) <= 80 and all(_is_name(part.strip()) for part in line.split(","))


@dataclass(frozen=True)
class _Token:
    kind: str  # "name", "phone", "mobile" or "email"
    text: str
    extension: str = ""


def _is_name(text: str) -> bool:
    words = text.split(" ")
    capital = (w[:1].isalpha() and (not w[0].islower() or w in PARTICLES) for w in words)
    return len(words) <= 5 and all(capital) and not re.search(r"[\d@?!:]", text)


def _names(text: str) -> Iterator[_Token]:
    """The names of people in the text between numbers and mails; roles and labels are none."""
    for piece in re.split(r"[\n;/&|•·]|\s(?:and|y|e)\s(?=\w+\s+\w)", text):
        for part in re.split(r"[,(]|\s[–—-]\s", piece):
            name = re.sub(r"\s+", " ", NOT_A_NAME.sub(" ", part)).strip(" :<>)[]–—-")
            name = re.sub(r"(?<=\w{4})\.$", "", name)
            if _is_name(name) and not ROLE.search(name):
                yield _Token("name", name)
                break


def _phones_and_names(text: str, region: str) -> Iterator[_Token]:
    text = GLUED.sub(" ", text)
    done = 0
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        before, number = text[done : match.start], match.number
        after = MOBILE_AFTER.match(text, match.end)
        yield from _names(before)
        if not FAX_BEFORE.search(before):
            kind = "mobile" if after or MOBILE_BEFORE.search(before) else "phone"
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            yield _Token(kind, e164, number.extension or "")
        done = after.end() if after else match.end
    yield from _names(text[done:])


def _tokens(text: str, region: str) -> list[_Token]:
    """Names, numbers and mails in the order they stand in."""
    tokens: list[_Token] = []
    for piece in EMAIL.split(LIGATURES.sub(" ", text)):
        if EMAIL.fullmatch(piece):
            glued = re.match(r"\+?[\d().-]{7,}(?=[^\W\d])", piece)  # 202-555-0100ana@example.org
            tokens += _phones_and_names(glued[0], region) if glued else ()
            tokens.append(_Token("email", piece[glued.end() if glued else 0 :]))
        else:
            tokens += _phones_and_names(piece, region)
    return tokens


def read_people(raw: str, region: str) -> tuple[ImportedContact, ...]:
    """The people whom some lines name, each with what stands near; () where they name none.

    A new person begins wherever what came first, be it name, number or mail, comes again.
    """
    tokens = _tokens(raw[max(contact_label(raw.split("\n", 1)[0]), 0) :], region)
    lead = tokens[0].kind if tokens else ""
    if lead != "name" and sum(token.kind == "name" for token in tokens) < 2:
        lead = ""
    groups: list[list[_Token]] = []
    for token in tokens:
        if not groups or token.kind == lead:
            groups.append([])
        groups[-1].append(token)
    return tuple(_person(group, raw) for group in groups)


def _person(tokens: Sequence[_Token], raw: str) -> ImportedContact:
    by_kind = {token.kind: token for token in reversed(tokens)}  # the first of each kind
    none = _Token("", "")
    second = [token for token in tokens if token.kind == "phone"][1:2] or [none]
    phone = by_kind.get("phone", none)
    return ImportedContact(
        name=by_kind.get("name", none).text,
        phone=phone.text,
        mobile=by_kind.get("mobile", second[0]).text,
        email=by_kind.get("email", none).text,
        extension=phone.extension,
        raw=raw,
    )
