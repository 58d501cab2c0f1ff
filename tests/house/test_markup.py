"""Markup: one door marks text as safe, nothing stands inline, nothing comes from elsewhere."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import Source, below, bites, offences, written

#: The one file that may say of text that it is safe markup.
DOOR = "releases/html.py"
SAFE_NAMES = {"mark_safe", "SafeString", "SafeText", "SafeData", "__html__"}

#: Template code that switches escaping off.
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off\b")
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TEMPLATE_COMMENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}", re.DOTALL)

TAG = re.compile(r"<([a-z][a-z0-9-]*)((?:\s+|\"[^\"]*\"|'[^']*'|[^>\"'])*)>", re.IGNORECASE)
INLINE_ATTRIBUTE = re.compile(r"(?:^|[\s\"'])(style|on[a-z]+)\s*=", re.IGNORECASE)
#: A script from a file of ours, or the one block of data that we write: browsers do not run it.
HARMLESS_SCRIPT = re.compile(r"\ssrc\s*=|^ type=\"application/ld\+json\"$")

#: Names that look like addresses and are never fetched.
NAMESPACES = {"www.w3.org", "schema.org", "www.sitemaps.org", "www.google.com/schemas"}
ADDRESS = re.compile(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


def marked_safe(source: Source) -> Iterator[str]:
    """Only the one door for rich text says that text is safe markup."""
    if source.path == DOOR:
        return
    for node in ast.walk(source.tree):
        match node:
            case (
                ast.Name(id=name)
                | ast.Attribute(attr=name)
                | ast.alias(name=name)
                | ast.FunctionDef(name=name)
            ) if name in SAFE_NAMES:
                yield source.at(node, f"{name} stands outside {DOOR}")


def unescaped(source: Source) -> Iterator[str]:
    """Templates never switch escaping off."""
    for found in UNESCAPED.finditer(source.text):
        yield f"{source.path}: {found.group()}"


def plain(text: str) -> str:
    """The template without its code and comments: what is left is markup."""
    return TEMPLATE_CODE.sub("", TEMPLATE_COMMENT.sub("", text))


def inline(source: Source) -> Iterator[str]:
    """No script, no style and no handler stands in a template: the policy forbids them."""
    for found in TAG.finditer(plain(source.text)):
        tag, attributes = found.group(1).lower(), found.group(2)
        if tag == "style":
            yield f"{source.path}: <style>"
        if tag == "script" and not HARMLESS_SCRIPT.search(attributes):
            yield f"{source.path}: <script> without src"
        named = re.sub(r"\"[^\"]*\"|'[^']*'", '""', attributes)
        for attribute in INLINE_ATTRIBUTE.finditer(named):
            yield f"{source.path}: {attribute.group(1)}= on <{tag}>"
        if "javascript:" in attributes.lower():
            yield f"{source.path}: javascript: on <{tag}>"


def elsewhere(source: Source) -> Iterator[str]:
    """No page, stylesheet or script of ours names another host, so none can be asked."""
    text = plain(source.text) if source.path.endswith((".html", ".xml", ".txt")) else source.text
    for found in ADDRESS.finditer(text):
        if found.group(1).lower() not in NAMESPACES:
            yield f"{source.path}: {found.group()}"


def templates() -> list[Source]:
    return below("templates", ".html", ".xml", ".txt", ".svg")


def test_only_the_one_door_marks_text_as_safe():
    assert offences(marked_safe, written()) == []


@pytest.mark.parametrize("rule", [unescaped, inline], ids=lambda rule: rule.__name__)
def test_templates_are_escaped_and_hold_nothing_inline(rule):
    assert offences(rule, templates()) == []


def test_nothing_is_fetched_from_another_host():
    sheets = below("static", ".css", ".js", ".svg", ".json", ".webmanifest")
    assert offences(elsewhere, [*templates(), *sheets]) == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils.safestring import mark_safe",
        "html = safestring.mark_safe(body)",
        "html = SafeString(body)",
        "class A:\n    def __html__(self): ...",
    ],
)
def test_marking_as_safe_is_caught(text):
    assert bites(marked_safe, text)
    assert not bites(marked_safe, text, DOOR)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (unescaped, "{{ body|safe }}"),
        (unescaped, "{{ body | safe }}"),
        (unescaped, "{{ rows|safeseq|join:' ' }}"),
        (unescaped, "{% autoescape off %}{{ body }}{% endautoescape %}"),
        (inline, "<script>alert(1)</script>"),
        (inline, '<script type="module">go()</script>'),
        (inline, '<script type="application/json">{}</script>'),
        (inline, '<script type="application/ld+json" id="x">{}</script>'),
        (inline, '<script data-type="application/ld+json">go()</script>'),
        (inline, "<script data-x=' type=\"application/ld+json\"'>go()</script>"),
        (inline, "<STYLE>p{}</STYLE>"),
        (inline, '<p style="color: red">'),
        (inline, '<a href="#"\n   onclick = "go()">'),
        (inline, '<p {% if a > b %}class="x"{% endif %} style="y">'),
        (inline, '<a href="javascript:go()">'),
        (elsewhere, '<link href="https://fonts.example.com/a.css">'),
        (elsewhere, '<script src="//cdn.example.com/a.js">'),
    ],
)
def test_bad_markup_is_caught(rule, text):
    assert bites(rule, text, "templates/base.html")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (unescaped, "{{ body|safely }} and so is safe"),
        (inline, '<script src="{% static \'js/menu.js\' %}" type="module"></script>'),
        (inline, '<script type="application/ld+json">{}</script>'),
        (inline, '<a href="/?style=on&onset=1" data-on="x" class="a">'),
        (inline, '<meta content="style=plain">'),
        (inline, '<p title="x > y">style = "words" onclick = "words"</p>'),
        (elsewhere, '<svg xmlns="http://www.w3.org/2000/svg">'),
        (elsewhere, "{# see https://example.com/why #}<p>1 // 2</p>"),
    ],
)
def test_good_markup_passes(rule, text):
    assert not bites(rule, text, "templates/base.html")


def test_another_host_in_a_stylesheet_is_caught():
    assert bites(elsewhere, "@import url(https://example.com/a.css);", "static/css/a.css")
    assert not bites(elsewhere, "a { background: url(../img/a.svg) } // b.c", "static/css/a.css")
