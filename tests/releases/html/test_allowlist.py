"""What the table of elements lets through, and what it does not."""

import pytest

from releases.html import ELEMENTS, clean

KEPT = [
    '<p lang="es">Hola</p>',
    "<h2>One</h2>\n<h3>Two</h3>\n<h4>Three</h4>",
    "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
    '<ol start="2"><li>a<ol start="9999"><li>b</li></ol></li></ol>',
    '<blockquote lang="pt-br"><p>Sim.</p></blockquote>',
    '<p>H<sub>2</sub>O, m<sup>2</sup>, <strong>a</strong> <em>b</em> <span lang="fr">c</span></p>',
    '<p><a href="https://example.org/?a=1&amp;b=2" title="A &quot;b&quot;">x</a></p>',
    "<p>a<br>b</p>\n<hr>\n<p>c</p>",
    '<p>a</p>\n<figure data-picture="Aa0_-Aa0_-Aa0_-Aa0_-Aa"></figure>\n<p>b</p>',
    '<table><caption>T</caption><thead><tr><th scope="col">a</th><th colspan="2">b</th></tr>'
    '</thead><tbody><tr><td rowspan="3">c</td><td></td><td>d</td></tr></tbody></table>',
    '<p>x<sup><a href="#fn1" id="fnref1">1</a></sup></p>\n<p id="fn2">y</p>',
    "<p>R&amp;D &lt;3 &gt;</p>",
    "<p>5&nbsp;% «&nbsp;oui&nbsp;»</p>",
]


@pytest.mark.parametrize("markup", KEPT)
def test_canonical_markup_comes_back_as_it_is(markup: str) -> None:
    assert clean(markup) == markup


def test_the_samples_use_every_element() -> None:
    assert all(any(f"<{tag}" in markup for markup in KEPT) for tag in ELEMENTS)


@pytest.mark.parametrize(
    "href",
    [
        "https://a.org/",
        "http://a.org",
        "mailto:a@b.org",
        "tel:+12025550100",
        "/releases/x/",
        "x.html",
        "#fn1",
        "?q=1",
    ],
)
def test_addresses_of_known_schemes_and_relative_ones_stay(href: str) -> None:
    assert f'href="{href}"' in clean(f'<a href="{href}">x</a>')


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java&#10;script:alert(1)",
        "&#106;avascript&colon;alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.org",
        "https://[bad",
        "http://",
        "",
        "https://a.org/" + "x" * 5000,
    ],
)
def test_other_addresses_go_and_their_text_stays(href: str) -> None:
    assert clean(f'<p><a href="{href}">words</a></p>') == "<p>words</p>"


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="x()"',
        'style="color:red"',
        'class="dateline"',
        'id="content"',
        'id="fn1x"',
        'lang="no such"',
        'dir="rtl"',
        "data-x=1",
    ],
)
def test_attributes_outside_the_table_go(attribute: str) -> None:
    assert clean(f"<p {attribute}>x</p>") == "<p>x</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>x",
        "<style>p{}</style>x",
        "<style><!--</style>x",
        "<svg><script>alert(1)</script></svg>x",
        "<math><mtext><style></style></mtext></math>x",
        "<title>t</title>x",
        "<img src=x onerror=alert(1)>x",
        "<iframe src=//a></iframe>x",
        "<!-- a --><!doctype html><?xml a?>x",
        "<form action=/><input value=1>x</form>",
    ],
)
def test_nothing_that_acts_or_loads_stays(markup: str) -> None:
    assert clean(markup) == "<p>x</p>"


def test_an_id_stands_once() -> None:
    assert clean('<p id="fn1">a</p><p id="fn1">b</p>') == '<p id="fn1">a</p>\n<p>b</p>'


def test_the_result_is_safe_for_templates() -> None:
    assert hasattr(clean("x"), "__html__")
