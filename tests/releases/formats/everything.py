"""A release with all that one can hold, in three languages, corrected twice; and its words."""

from datetime import UTC, date, datetime

from releases.content import Attachment, Figure
from releases.models import Edition
from tests.make import (
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_translation,
)

BEGUN = datetime(2024, 2, 29, 15, 0, tzinfo=UTC)
HEADLINE = (
    "Remittances Across the Andes Fell Further in the Fourth Quarter Than in Any Other Since the "
    "Series Began, and Households in Three Countries Now Spend Half of Their Income on Food "
    "Alone, a Study Finds"
)
ARABIC = "مرحبا بالعالم"
BODY = f"""
<p>Remittances fell by 12 percent<sup><a href="#fn1" id="fnref1">1</a></sup> in a quarter 🎉,
<a href="https://example.org/study">a study</a> of <strong>three countries</strong> finds.</p>
<h2>What the figures say</h2>
<blockquote><p>“Half of the income goes to the kitchen,” said Ana Ruiz.</p></blockquote>
<p>In Arabic one says <span lang="ar">{ARABIC}</span>, and x<sup>2</sup> &lt; y &amp; z.</p>
<table><caption>Change, percent</caption><thead><tr><th scope="col">Country</th>
<th scope="col">Change</th></tr></thead><tbody><tr><td>Bolivia</td><td>−12</td></tr>
<tr><td>Perú</td><td>−9</td></tr></tbody></table>
<ul><li>First point<ul><li>Point within</li></ul></li><li>Second point</li></ul>
<ol><li>One step</li><li>Another step</li></ol>
<h4>Method in short</h4>
<p>The last words of the text.</p>
<hr><p id="fn1"><a href="#fnref1" id="fn1">1</a> Central banks of the three countries.</p>
"""
CONTACTS = ("Ada Example", "Ben Muster", "Carla Pérez", "João Silva")
#: What every format says, each in a piece that no line break or mark divides.
SAID = (
    "Statement", "Bolivia", "Remittances", "Alone", "A line below", "February 29, 2024",
    *(one.split()[1] for one in CONTACTS), "ada@example.org", "La Paz", "12 percent", "Country",
    "Bolivia", "Perú", "First point", "Point within", "Another step", "kitchen", "Central banks",
    "last words", "Data for the charts", "First reason.", "Second reason.", "###",
)  # fmt: skip


def everything(at: datetime = BEGUN) -> Edition:
    """Return the public edition: the third, after two corrections."""
    contacts = [
        make_contact(
            name, role="Press officer", email=f"{name.split()[0].lower()}@example.org",
            mobile=f"+1202555019{n}",
        )
        for n, name in enumerate(CONTACTS)
    ]  # fmt: skip
    first = make_edition(
        at,
        kind="statement",
        headline=HEADLINE,
        slug="remittances",
        subhead="A line below",
        dateline="La Paz",
        dated=date(2024, 2, 29),
        summary="What three central banks say.",
        body=BODY.replace("12 percent", "11 percent"),
        topics=(make_topic("Bolivia").pk,),
        contacts=tuple(one.pk for one in contacts),
        figures=(Figure(make_picture().pk, "A navy square", "Square", "Photo: Ada"),),
        attachments=(Attachment(make_document("shares.csv").pk, "Data for the charts"),),
    )
    make_translation(first, language="es")
    make_translation(first, language="pt-br")
    second = make_next_edition(first, note="First reason.", body=BODY.replace("🎉", ""))
    return make_next_edition(second, note="Second reason.", body=BODY)
