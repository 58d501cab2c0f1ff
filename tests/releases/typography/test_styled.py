"""House style, by language: truth tables. `~` stands for a no-break space."""

import pytest

from releases.typography import styled, styled_markup

ENGLISH = [
    ('"Yes," she said.', "“Yes,” she said."),
    ("\"'Yes,'\" she said.", "“‘Yes,’” she said."),
    ("It's the workers' right", "It’s the workers’ right"),
    ("the '90s, rock 'n' roll, 'tis", "the ’90s, rock ’n’ roll, ’tis"),
    ('("quoted")', "(“quoted”)"),
    ('"No"--"yes"', "“No”—“yes”"),
    ('"I was—"', "“I was—”"),
    ('"of the 1990s and 2000"', "“of the 1990s and 2000”"),
    ("He is 6'2\" tall", "He is 6'2\" tall"),
    ("a word--another", "a word—another"),
    ("a word -- another", "a word — another"),
    ("a word - another", "a word — another"),
    ("well-known", "well-known"),
    ("run --help", "run --help"),
    ("5 - 3", "5 - 3"),
    ("2010-2015 and 2016--2020", "2010–2015 and 2016–2020"),
    ("202-555-0100, 2026-11-23", "202-555-0100, 2026-11-23"),
    ("and so on...", "and so on…"),
    ("....", "...."),
    ("5 % or 5%", "5% or 5%"),
    ("5 million, 3 kg", "5~million, 3~kg"),
    ("US$ 5, p. 5, No. 7", "US$~5, p.~5, No.~7"),
    ("Dr. Silva, Mr. Jones", "Dr.~Silva, Mr.~Jones"),
    ("J. K. Rowling", "J.~K.~Rowling"),
    ("That was plan B. The end.", "That was plan B. The end."),
]
SPANISH = [
    ("Dijo \"esto es 'así'\".", "Dijo “esto es ‘así’”."),
    ('¿"Qué"?', "¿“Qué”?"),
    ("«Así»", "«Así»"),
    ("un texto - así - y más", "un texto —así— y más"),
    ("un texto--así--y más", "un texto —así— y más"),
    ("un texto - así.", "un texto — así."),
    ("un texto - así. Otro - más.", "un texto — así. Otro — más."),
    ("5 % o 5%", "5~% o 5%"),
    ("10 millones", "10~millones"),
    ("2010-2015", "2010-2015"),
    ("Dra. Pérez", "Dra.~Pérez"),
]
PORTUGUESE = [
    ('O "povo"', "O “povo”"),
    ("diz - agora", "diz — agora"),
    ("diz--agora", "diz — agora"),
    ("R$ 5 milhões", "R$~5~milhões"),
    ("5 %", "5%"),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("en", *row) for row in ENGLISH]
    + [("es", *row) for row in SPANISH]
    + [("pt-br", *row) for row in PORTUGUESE],
)
def test_a_text_follows_house_style(language, text, expected):
    assert styled(text, language).replace("\xa0", "~") == expected


@pytest.mark.parametrize(
    "text", ["https://a.org/it's--x", "www.a.org/a--b...c", "a--b@example.org", "a.org/x--y"]
)
def test_an_address_stays_as_it_is(text):
    assert styled(f'"{text} "', "en") == f"“{text} ”"


def test_another_language_stays_as_it_is():
    assert styled('"Oui" - ...', "fr") == '"Oui" - ...'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>\"<em>Yes</em>\"--'<strong>no</strong>'</p>",
         "<p>“<em>Yes</em>”—‘<strong>no</strong>’</p>"),
        ('<p><a href="https://a.org/--\'" title="&quot;x&quot;">"x"</a></p>',
         '<p><a href="https://a.org/--\'" title="&quot;x&quot;">“x”</a></p>'),
        ('<p>"a<br>b"</p>', "<p>“a<br>b”</p>"),
        ('<p>"a</p><p>"b"</p>', "<p>“a</p>\n<p>“b”</p>"),
        ('<ul><li>"a"<ul><li>b--c</li></ul></li></ul>',
         "<ul><li>“a”<ul><li>b—c</li></ul></li></ul>"),
        ('<p>"a" <span lang="fr">"b"</span></p>', '<p>“a” <span lang="fr">"b"</span></p>'),
        ('<p lang="es">a - b - c</p><p>a - b - c</p>',
         '<p lang="es">a —b— c</p>\n<p>a — b — c</p>'),
        ("<p><em>Dr.</em> Silva</p>", "<p><em>Dr.</em>&nbsp;Silva</p>"),
    ],
)  # fmt: skip
def test_rich_text_follows_it_across_its_marks(markup, expected):
    assert styled_markup(markup, "en") == expected
