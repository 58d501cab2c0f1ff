"""What a megabyte of hostile markup costs ``releases.html.clean``: seconds of processor time, which
hold on a busy machine, too, for each kind.

Run: python -m benchmarks.clean_hostile
"""

import time

from releases.html import clean

SIZE = 1_000_000
KINDS = (
    "word ", "&nbsp;", "<", "<a", "<a ", "<p ", "</", "<!", "<!--", "<![CDATA[", "&#", "&a",
    "&#60;",
    "<div>", "<b><i>", "<b><p>x", "<ul><li>", "<ul><li>y</ul>", "<li>x", "<table>",
    "<table><tr><td>", "<table><tr><td>x", "<tr><td>x", "<p><table>", "<a href=x>", "<a href=x>y",
    '<a href="', "<a href='\"", '<a b="x" ', "<a =' =\"", "<p>", "</p>", "<p>x", "<p>x</p>",
    "x<br>",
    "x<br><br>", "<hr>", "<svg><style>", "<script>", "<style></style>", "<a><b><i><p>",
    "<b><a href=x>y<p>z", "<b style=font-weight:400><b>", "<sup>x", '<span lang="es">x',
    '<p style="mso-list:l0 level1 lfo1">x', '<p style="mso-list:l0 level9 lfo1">x<ul>',
    '<a href="#_ftn1">[1]', "<div style=display:none>x", "<font size=1><font size=2><p>x",
    "<blockquote><ul><li>x", "<h2><div>x", "<caption>x<table>", "<pre>\n", "\x00", "\ud800",
    "\xa0 ",
)  # fmt: skip
ONCE = {
    "a link around all": '<a href="https://e.x/' + "y" * 4000 + '">' + "<p>x" * 240_000,
    "a link, many breaks": '<a href="https://e.x/' + "y" * 4000 + '">' + "x<br><br>" * 110_000,
    "a long address": '<a href="https://e.x/' + "y" * SIZE + '">x</a>',
    "a redirect in a redirect": '<a href="' + "https://www.google.com/url?q=" * 35_000 + '">x</a>',
    "a picture as data": '<img src="data:image/png;base64,' + "A" * SIZE + '">',
    "attributes": "<p " + "a=b " * 250_000 + ">x",
    "closers after openers": "<i>" * 170_000 + "</i>" * 120_000,
    "misnested": "<b><i><u>x</b>y</i>z</u>" * 40_000,
}


def seconds(markup: str) -> float:
    """How long one cleaning takes; the text is too long to be remembered."""
    start = time.process_time()
    clean(markup)
    return time.process_time() - start


def main() -> None:
    """Print the figures, the slowest first."""
    cases = {repr(kind): kind * (SIZE // len(kind)) for kind in KINDS} | ONCE
    figures = {name: seconds(markup) for name, markup in cases.items()}
    for name, figure in sorted(figures.items(), key=lambda pair: -pair[1]):
        print(f"{figure:6.2f} s  {name}")


if __name__ == "__main__":
    main()
