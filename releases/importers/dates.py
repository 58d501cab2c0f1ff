"""Dates and datelines as press offices write them, in three languages."""

import re
from datetime import date

from releases.importers import PARTICLES, fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janeiro", "february feb febrero fevereiro fev",
            "march mar marzo marco", "april apr abril abr", "may mayo maio mai",
            "june jun junio junho", "july jul julio julho", "august aug agosto ago",
            "september sept sep septiembre setiembre set setembro",
            "october oct octubre outubro out", "november nov noviembre novembro",
            "december dec diciembre dic dezembro dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
RELEASE_LABEL = re.compile(
    r"(?:(?:for )?(?:immediate )?release|para (?:su )?(?:publicacion|difusion) inmediata"
    r"|para (?:divulgacao|publicacao) imediata|date|fecha|data|released|published|publicado"
    r")(?: on| el| em)?\s*(?:[:|,–—-]+\s*|(?=\d)|$|\s(?=\w))"
)
WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?)\.?,?\s+"
)
CLOCK = re.compile(  # behind a date: "10:00 a.m. ET", "a las 10 h"
    r",? (?:at |a las |as )?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|hrs?\b|h\b|horas)?"
    r"(?: \(?[a-z]{1,4}\)?)?$"
)
MONTH_FIRST = re.compile(r"(?P<m>[a-z]{3,10})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})")
DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.?o|°)?\.? (?:de |of )?(?P<m>[a-z]{3,10})\.?,?"
    r" (?:de |del )?(?P<y>\d{4})"
)
ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
NUMERIC = re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})")

DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^—―\"“”?!:;]{1,90}?)(?:\s*(?:—|―|--+|\.[-–](?=\s))|\s+[–-](?=\s|$))\s*(?P<rest>.*)"
)
DAYS = (
    "lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta feira"
)
DATELINE_WORDS = PARTICLES | {"and", "of", "the", *DAYS.split()} | MONTHS.keys()


def _exact_date(line: str, region: str) -> date | None:
    """The date that a line is, in any of the usual spellings; None where it is none or not one."""
    for pattern in (MONTH_FIRST, DAY_FIRST, ISO, NUMERIC):
        if match := pattern.fullmatch(line):
            parts = match.groupdict()
            if pattern is NUMERIC:
                a, b = parts["a"], parts["b"]
                parts |= {"m": a, "d": b} if region == "US" else {"m": b, "d": a}
            month = MONTHS.get(parts["m"]) or (int(parts["m"]) if parts["m"].isdecimal() else 0)
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None


def read_date_line(line: str, region: str) -> tuple[bool, date | None]:
    """Whether a line speaks of nothing but the day of release, and that day if it names one.

    `region` is an ISO 3166 code; numeric dates are read month first only in "US".
    """
    if len(line) > 120:
        return False, None
    bare = fold(line).strip(" .()")
    label = RELEASE_LABEL.match(bare)
    rest = bare[label.end() :] if label else bare
    rest = WEEKDAY.sub("", rest, count=1) if WEEKDAY.match(rest) else rest
    rest = CLOCK.sub("", rest)
    day = _exact_date(rest, region)
    numeric = ISO.fullmatch(rest) or NUMERIC.fullmatch(rest)  # be it a day that never was
    return bool(day or numeric or (label and not rest)), day


def find_date(text: str) -> date | None:
    """The first date with its month in words that stands in a text."""
    folded = fold(text)
    found = (m for pattern in (MONTH_FIRST, DAY_FIRST) for m in pattern.finditer(folded))
    return next((day for match in found if (day := _exact_date(match[0], ""))), None)


def split_date(place: str) -> tuple[str, str, date | None]:
    """A dateline without the date in it, that date as written, and the day: "Lima (4 May 2022)"."""
    folded = fold(place)
    found = (m for pattern in (MONTH_FIRST, DAY_FIRST) for m in pattern.finditer(folded))
    match = next((m for m in found if _exact_date(m[0], "")), None)
    if match is None or len(folded) != len(place):  # a letter that fell apart: places don't fit
        return place, "", None
    before = re.sub(rf"(?:{WEEKDAY.pattern})$", "", folded[: match.start()])
    bare = place[: len(before)].rstrip(" ,(/|") + place[match.end() :].lstrip(" ,)/|")
    return bare, place[len(before) : match.end()], _exact_date(match[0], "")


def place_line(line: str) -> tuple[str, str, date | None]:
    """A place and a day in a line of their own ("Lima, 4 May 2022"), as `split_date` tells them;
    ("", "", None) where a line is anything else."""
    line = line.rstrip(".")
    bare, written, day = split_date(line) if len(line) <= 80 else ("", "", None)
    words = bare.split()
    placed = 0 < len(words) <= 4 and all(w[0].isupper() or fold(w) in PARTICLES for w in words)
    if day and placed and re.fullmatch(rf"{re.escape(bare)},\s*{re.escape(written)}", line):
        return bare, written, day
    return "", "", None


def split_dateline(paragraph: str) -> tuple[str, str]:
    """The place that opens a paragraph, and the rest of it; ("", paragraph) without a place.

    A dash inside a sentence is told from the dash of a dateline by the small letter after it.
    """
    match = DATELINE.match(paragraph[:500])
    if not match:
        return "", paragraph
    rest = paragraph[match.start("rest") :]
    words = re.findall(r"[\w.]*\w[\w.]*", match["place"])
    placed = all(not w[0].islower() or fold(w).strip(".") in DATELINE_WORDS for w in words)
    if len(words) > 12 or not placed or rest.lstrip("“\"'‘«¿¡([ ")[:1].islower():
        return "", paragraph
    return match["place"], rest
