"""What counts as the same word: case, accents and forms of a word do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases.search.words import apart, composed, fold, shortened, stem, words


def stems(language: str, text: str) -> list[str]:
    return [stem(language, word.folded) for word in words(composed(text))]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "election elections Elections ELECTION’s"),
        ("en", "surcharge surcharges"),
        ("en", "economy economies"),
        ("es", "elección eleccion elecciones ELECCIONES"),
        ("es", "inflación inflacion"),
        ("es", "nación nacion naciones"),
        ("es", "económico económica economicos"),
        ("es", "economía economia economías"),
        ("pt-br", "eleição eleicao eleições eleicoes"),
        ("pt-br", "inflação inflacao"),
        ("pt-br", "dívida divida dívidas"),
        ("pt-br", "econômico econômica economicos"),
    ],
)
def test_forms_of_a_word_are_one(language, forms):
    assert len({one for one in stems(language, forms) if one not in ("", "s")}) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Bolivia Brazil"), ("es", "paso país"), ("pt-br", "nação noção"), ("en", "1999 2000")],
)
def test_different_words_stay_apart(language, text):
    one, other = stems(language, text)
    assert one != other


def test_words_in_nearly_every_text_are_none():
    assert stems("en", "the price of oil") == ["", stem("en", "price"), "", stem("en", "oil")]
    assert stems("es", "la paz") != ["", ""]
    assert stems("en", "US WHO")[0] == "us"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. policy", ["us", "policy"]),
        ("debt-to-GDP", ["debt", "to", "gdp"]),
        ("São Paulo’s", ["sao", "paulo", "s"]),
        ("Sa\u0303o", ["sao"]),
        ("straße ﬁn İstanbul", ["strasse", "fin", "istanbul"]),
        ("الدَّين العام", ["الدين", "العام"]),
        ("_x_ 50%", ["x", "50"]),
        ("🎉 … \x00", []),
    ],
)
def test_words_are_found_and_folded(text, expected):
    assert [word.folded for word in words(composed(text))] == expected


def test_a_word_knows_where_it_stands():
    text = "A São Paulo"
    assert [text[word.start : word.end] for word in words(text)] == ["A", "São", "Paulo"]


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("bolvia", "bolivia", 1),
        ("venezeula", "venezuela", 1),
        ("goverment", "government", 1),
        ("argetnian", "argentina", 2),
        ("debt", "debt", 0),
        ("", "imf", 3),
    ],
)
def test_letters_between_two_words(one, other, distance):
    assert apart(one, other) == apart(other, one) == distance


def test_short_words_are_not_shortened():
    assert shortened("imf") == set()
    assert shortened("debt") == {"ebt", "dbt", "det", "deb"}


@given(st.text())
def test_any_text_has_words_that_stay_as_they_are(text):
    for word in words(composed(text)):
        assert fold(word.folded) == word.folded
        for language in ("en", "es", "pt-br", "xx"):
            stem(language, word.folded)
