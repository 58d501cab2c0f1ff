"""A release read from plain text: the shapes in which press offices keep theirs."""

from datetime import date
from pathlib import Path

import pytest

from releases.importers import ImportedRelease, decode
from releases.importers.text import parse

FILES = Path(__file__).parents[2] / "fixtures" / "imports"
KNOWN = (
    "US",
    "Latin America",
    "Caribbean",
    "Bolivia",
    "Haiti",
    "América Latina y el Caribe",
    "Latin America and the Caribbean",
    "Organization of American States",
    "US Foreign Policy",
)


def read(name: str) -> ImportedRelease:
    return parse(decode((FILES / name).read_bytes()), KNOWN)


def paragraphs(release: ImportedRelease) -> list[str]:
    return [p.removeprefix("<p>").removesuffix("</p>") for p in release.body.split("\n")]


def people(release: ImportedRelease) -> list[tuple[str, str, str, str]]:
    return [(c.name, c.phone, c.mobile, c.email) for c in release.contacts]


def test_a_page_copied_from_the_web():
    release = read("web_copy.txt")
    assert (release.kind, release.kicker) == ("press_release", "Press Release")
    assert release.topics == (
        "Bolivia",
        "Latin America and the Caribbean",
        "Organization of American States",
        "US Foreign Policy",
    )
    assert release.headline == "Harbor Study Finds Ferry Fares Doubled While Service Shrank"
    assert (release.subhead, release.dated) == ("", date(2022, 3, 4))
    assert people(release) == [("Marta Quill", "+12025550146", "", "")]
    assert (release.dateline, release.language) == ("Washington DC", "en")
    body = paragraphs(release)
    assert len(body) == 3
    assert body[0].startswith("Ferry fares in the port")
    assert body[1] == (
        "“Passengers pay twice as much for less,” said economist Inés Peñaloza."
        " “That’s a choice, not a fate.”"
    )
    assert "tickets &amp; compared" in body[2]
    assert "&lt; 5" in body[2]
    assert release.appeal_heading == "Support Harbor"
    assert "donation" in release.appeal_text
    assert "donation" not in release.body
    assert release.unplaced == ()


def test_a_file_with_everything():
    release = read("with_everything.txt")
    assert (release.kind, release.kicker) == ("media_advisory", "MEDIA ADVISORY")
    assert release.topics == ("Haiti", "US Foreign Policy")
    assert release.headline == "Panel on the Reopening of the Northern Ferry Line"
    assert release.subhead == "Four speakers will answer questions in two languages"
    assert release.dated == date(2022, 2, 8)
    assert people(release) == [
        ("Marta Quill", "+12025550101", "+12025550102", "marta@example.org"),
        ("Tom Obi", "+12025550103", "", "tom@example.org"),
    ]
    assert release.contacts[0].extension == "12"
    assert release.dateline == "WASHINGTON, D.C."
    assert len(paragraphs(release)) == 2
    assert release.unplaced == (
        "Fisheries",
        "About the Institute",
        "The Institute has studied ferries since 1990.",
    )


@pytest.mark.parametrize(
    ("name", "kicker", "topics", "day", "person", "dateline", "language", "appeal"),
    [
        (
            "comunicado.txt",
            "Comunicado de prensa",
            ("Bolivia", "América Latina y el Caribe"),
            date(2021, 5, 4),
            ("Inés Peñaloza", "+12025550107", "", "ines@example.org"),
            "Ciudad de México, 4 de mayo (CEPR)",
            "es",
            "Apoye al Instituto",
        ),
        (
            "comunicado_pt.txt",
            "Comunicado à imprensa",
            ("Haiti",),
            date(2021, 12, 4),
            ("João Prado", "+12025550108", "", "joao@example.org"),
            "Recife",
            "pt-br",
            "Apoie o Instituto",
        ),
    ],
)
def test_other_languages(name, kicker, topics, day, person, dateline, language, appeal):
    release = read(name)
    assert (release.kicker, release.topics, release.dated) == (kicker, topics, day)
    assert people(release) == [person]
    assert (release.dateline, release.language) == (dateline, language)
    assert release.appeal_heading == appeal
    assert len(paragraphs(release)) == 2
    assert release.unplaced == ()


def test_one_line_for_each_paragraph():
    release = read("line_per_paragraph.txt")
    assert (release.kind, release.topics) == ("statement", ("Haiti",))
    assert release.headline == "Ferry Fares Doubled, and the Port Says Nothing"
    assert release.dated == date(2021, 12, 4)
    assert [c.name for c in release.contacts] == ["Marta Quill", "Tom Obi"]
    assert [c.phone for c in release.contacts] == ["+12025550146", "+12025550147"]
    assert release.dateline == "La Paz, Bolivia"
    assert len(paragraphs(release)) == 3
    assert paragraphs(release)[-1] == "A short last line."


def test_lines_wrapped_at_a_column():
    release = read("hard_wrapped.txt")
    assert release.headline.endswith("Fell by a Third, New Study Finds")
    assert release.dated == date(2021, 12, 4)
    assert len(paragraphs(release)) == 2
    assert "have doubled in six years" in release.body
    assert people(release) == [("Marta Quill", "", "", "marta@example.org")]


@pytest.mark.parametrize(
    "written",
    [
        "December 04, 2021",
        "4 December 2021",
        "Dec. 4, 2021",
        "12/04/2021",
        "2021-12-04",
        "4 de diciembre de 2021",
        "4 de dezembro de 2021",
        "Saturday, December 4th, 2021",
        "sábado, 4 de diciembre de 2021",
        "For Immediate Release: December 4, 2021",
        "Para publicación inmediata: 4 de diciembre de 2021",
    ],
)
def test_dates_as_people_write_them(written):
    release = parse(f"Press Release\n\nA Headline\n\n{written}\n\nThe body is here.", ())
    assert (release.dated, release.dated_raw) == (date(2021, 12, 4), written)
    assert (release.headline, paragraphs(release)) == ("A Headline", ["The body is here."])


@pytest.mark.parametrize(
    ("region", "day"),
    [("US", date(2021, 12, 4)), ("BR", date(2021, 4, 12)), ("MX", date(2021, 4, 12))],
)
def test_month_first_only_in_the_united_states(region, day):
    assert parse("A Headline\n\n12/04/2021\n\nBody.", (), region=region).dated == day


def test_a_day_that_never_was_is_shown_but_not_guessed():
    release = parse("A Headline\n\n13/04/2021\n\nBody.", ())
    assert (release.dated, release.dated_raw, release.headline) == (
        None,
        "13/04/2021",
        "A Headline",
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Contact: ana@example.org, 202-555-0101, Ana Poe",
            [("Ana Poe", "+12025550101", "", "ana@example.org")],
        ),
        (
            "Contact: 202-555-0101ana@example.org Ana Poe",
            [("Ana Poe", "+12025550101", "", "ana@example.org")],
        ),
        (
            "Contacts: Ana Poe, 202-555-0101, 202-555-0102",
            [("Ana Poe", "+12025550101", "+12025550102", "")],
        ),
        ("Contact: Ana Poe, cell 202-555-0102", [("Ana Poe", "", "+12025550102", "")]),
        (
            "Contact: Ana PoePhone202-555-0101Mail_Outlineemail",
            [("Ana Poe", "+12025550101", "", "")],
        ),
        (
            "Contacto: Ana Poe\nContato: Rui Sá, +55 11 3555-0146",
            [("Ana Poe", "", "", ""), ("Rui Sá", "+551135550146", "", "")],
        ),
        (
            "Contact: 202-555-0101 Ana Poe, 202-555-0102 Bo Ray",
            [("Ana Poe", "+12025550101", "", ""), ("Bo Ray", "+12025550102", "", "")],
        ),
        ("Contact: Ana Poe, 202-555", [("Ana Poe", "", "", "")]),
    ],
)
def test_people_in_any_order(lines, expected):
    release = parse(f"A Headline\n\n{lines}\n\nHaiti -- The body is here.", ())
    assert people(release) == expected
    assert release.dateline == "Haiti"


@pytest.mark.parametrize(
    "opening",
    ["Economists — many of them young — disagree.", "We said: “No” — The port said yes."],
)
def test_a_dash_in_a_sentence_is_no_dateline(opening):
    release = parse(f"A Headline\n\n2021-12-04\n\n{opening}\n\nMore.", ())
    assert (release.dateline, paragraphs(release)) == ("", [opening, "More."])


def test_a_headline_may_begin_like_a_kicker():
    release = parse("Statement on the Vote in Bolivia\n\n2021-12-04\n\nThe body.", KNOWN)
    assert (release.kicker, release.topics) == ("", ())
    assert release.headline == "Statement on the Vote in Bolivia"


def test_words_among_the_topics_that_are_none_are_kept_apart():
    release = parse("Press Release bolivia Ferries US foreign policy\n\nA Headline", KNOWN)
    assert (release.topics, release.unplaced) == (("Bolivia", "US Foreign Policy"), ("Ferries",))


def test_an_embargo_is_shown_and_not_taken_for_a_date_or_headline():
    release = parse("Embargoed until May 4, 2021\n\nA Headline\n\nThe body.", ())
    assert (release.headline, release.dated) == ("A Headline", None)
    assert release.unplaced == ("Embargoed until May 4, 2021",)


@pytest.mark.parametrize(
    ("opening", "place", "rest"),
    [
        ("LIMA, Peru (March 4, 2022) – Fares doubled.", "LIMA, Peru", "Fares doubled."),
        ("WASHINGTON, March 4, 2022 – Fares doubled.", "WASHINGTON", "Fares doubled."),
        ("WASHINGTON, D.C. /March 4, 2022/ -- Fares rose.", "WASHINGTON, D.C.", "Fares rose."),
        ("LIMA, viernes 4 de marzo de 2022.- Suben.", "LIMA", "Suben."),
        ("São Paulo, 4 de março de 2022 – Sobem.", "São Paulo", "Sobem."),
    ],
)
def test_a_date_in_the_dateline_is_the_day_of_the_release(opening, place, rest):
    release = parse(f"A Headline\n\n{opening}\n\nMore.", ())
    assert (release.dateline, release.dated) == (place, date(2022, 3, 4))
    assert paragraphs(release) == [rest, "More."]
    assert "2022" in release.dated_raw


def test_another_day_in_the_dateline_stays_there():
    release = parse("A Headline\n\n2022-03-05\n\nLIMA, March 4, 2022 — Fares rose.", ())
    assert (release.dated, release.dateline) == (date(2022, 3, 5), "LIMA, March 4, 2022")


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED UNTIL 12:01 A.M. EST, MARCH 4, 2022",
        "Strictly embargoed until March 4",
        "Under embargo until March 4, 2022",
        "NOT FOR RELEASE BEFORE MARCH 4, 2022",
        "EMBARGADO HASTA EL 4 DE MARZO DE 2022",
        "No publicar antes del 4 de marzo",
        "Embargado até 4 de março de 2022",
        "Não divulgar antes de 4 de março",
    ],
)
def test_an_embargo_in_any_words_is_told_and_is_no_headline(line):
    release = parse(f"{line}\nPRESS RELEASE\n\nA Headline\n\nLIMA — The body.", ())
    assert (release.headline, release.kicker) == ("A Headline", "PRESS RELEASE")
    assert release.unplaced == (line,)


@pytest.mark.parametrize(
    "mark",
    ["###", "# # #", "-30-", "- 30 -", "(30)", "– ENDS –", "- ENDS -", "Ends", "END", "-FIN-",
     "FIN", "Fim."],
)  # fmt: skip
def test_what_stands_below_an_end_mark_is_no_text(mark):
    release = parse(f"A Headline\n\nLIMA — The body.\n\n{mark}\n\nNotes to editors", ())
    assert (paragraphs(release), release.unplaced) == (["The body."], ("Notes to editors",))


@pytest.mark.parametrize(
    "line",
    ["The ends", "Fin de año en Lima", "* * *", "30", "Endless", "End of the line"],
)
def test_what_only_looks_like_an_end_mark_is_text(line):
    release = parse(f"A Headline\n\nLIMA — The body.\n\n{line}\n\nMore.", ())
    assert paragraphs(release) == ["The body.", line, "More."]


@pytest.mark.parametrize(
    "lines",
    [
        "Contact: Ana Poe, 202-555-0101",
        "PRESS CONTACT:\nAna Poe\n202-555-0101",
        "For more information contact Ana Poe on 202-555-0101",
        "For further information, please contact Ana Poe at 202-555-0101.",
        "Contacto de prensa: Ana Poe, 202-555-0101",
        "Para más información:\nAna Poe\n202-555-0101",
        "Para más información, contactar a Ana Poe, 202-555-0101",
        "Contato para a imprensa: Ana Poe, 202-555-0101",
        "Assessoria de imprensa:\nAna Poe\n202-555-0101",
        "Assessoria de comunicação: Ana Poe, 202-555-0101",
    ],
)
def test_people_below_the_text_in_any_words(lines):
    release = parse(f"A Headline\n\nLIMA — The body.\n\nMore.\n\n{lines}", ())
    assert people(release) == [("Ana Poe", "+12025550101", "", "")]
    assert paragraphs(release) == ["The body.", "More."]


def test_an_hour_beside_the_date_is_told():
    line = "For release: Friday, March 4, 2022, 10:00 a.m. ET"
    release = parse(f"PRESS RELEASE\n{line}\n\nA Headline\n\nLIMA — The body.", ())
    assert (release.dated, release.headline) == (date(2022, 3, 4), "A Headline")
    assert release.unplaced == (line,)


def test_a_day_beside_the_kicker_is_told():
    release = parse("MEDIA ADVISORY FOR MARCH 4, 2022\n\nA Panel\n\nWhere: Lima", ())
    assert (release.kind, release.headline) == ("media_advisory", "A Panel")
    assert release.unplaced == ("FOR MARCH 4, 2022",)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Lima, 4 de marzo de 2022", "Lima"),
        ("Ciudad de México, viernes 4 de marzo de 2022.", "Ciudad de México"),
        ("São Paulo, 4 de março de 2022", "São Paulo"),
        ("Washington, DC, March 4, 2022", "Washington, DC"),
    ],
)
def test_place_and_day_in_a_line_above_the_headline(line, place):
    release = parse(f"NOTA DE PRENSA\n\n{line}\n\nA Headline\n\nThe body. It is long.", ())
    assert (release.dateline, release.dated) == (place, date(2022, 3, 4))
    assert (release.headline, release.unplaced) == ("A Headline", ())


def test_a_headline_may_end_with_a_day():
    for line in ("Bolivia Votes, March 4, 2022", "What we said on Haiti, March 4, 2022"):
        assert parse(f"{line}\n\nThe body.", ()).headline == line
    release = parse("Statement\n\nWhat we said on Haiti, March 4, 2022\n\nThe body.", ())
    assert release.headline == "What we said on Haiti, March 4, 2022"
