"""A reference for a bibliography (BibTeX), and the same citation in two usual styles."""

import re

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from releases.formats.shape import Facts, Format
from releases.html import one_line

#: What TeX takes for its own signs.
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def write(facts: Facts) -> bytes:
    """Return one entry (`@misc`, with biblatex's `langid`)."""
    fields = [
        ("author", f"{{{{{_tex(facts.office.full_name)}}}}}"),
        ("title", f"{{{{{_tex(facts.headline)}}}}}"),
        ("howpublished", f"{{{_tex(facts.kicker)}}}"),
        ("year", f"{{{facts.dated.year}}}"),
        ("month", MONTHS[facts.dated.month - 1]),
        ("day", f"{{{facts.dated.day}}}"),
        ("langid", f"{{{LANGUAGES.get(facts.language, facts.language)}}}"),
        ("url", f"{{{facts.page}}}"),
        *([("note", f"{{{_tex(facts.release_line)}}}")] if facts.embargoed_until else []),
        *([("edition", f"{{{facts.number}}}")] if facts.number > 1 else []),
    ]
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields)
    return f"@misc{{{_key(facts)},\n{lines}\n}}\n".encode(errors="replace")


def apa(facts: Facts) -> str:
    """Return the citation in the style of the APA (7th ed., 10.4: press releases)."""
    day = date_format(facts.dated, "Y, F j") if facts.language == "en" else facts.day
    title = f"{one_line(facts.headline).rstrip('.')} [{facts.kicker}]"
    return f"{facts.office.full_name}. ({day}). {title}. {facts.page}"


def chicago(facts: Facts) -> str:
    """Return the citation in the Chicago style (17th ed., notes and bibliography, 14.208)."""
    title = one_line(facts.headline).rstrip(".")
    return f"{facts.office.full_name}. “{title}.” {facts.kicker}, {facts.day}. {facts.page}."


LANGUAGES = {"en": "english", "es": "spanish", "pt-br": "brazilian"}


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(one, one) for one in one_line(text))


def _key(facts: Facts) -> str:
    name = re.sub(r"[^a-z0-9]", "", facts.office.name.lower()) or "release"
    return f"{name}{facts.dated:%Y%m%d}e{facts.number}"


FORMAT = Format(
    "bib", "application/x-bibtex; charset=utf-8", gettext_lazy("BibTeX"), write, place=7
)
