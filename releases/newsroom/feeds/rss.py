"""RSS 2.0 with the whole text (content:encoded), and what Atom adds to it in its own namespaces.

RSS itself has neither updates nor withdrawals: `atom:updated` and `at:deleted-entry` (RFC 6721) say
them. An item has one enclosure, as the RSS Board recommends; all pictures and files stand as
`media:content`.
"""

from email.utils import format_datetime

from django.utils.feedgenerator import rfc3339_date
from django.utils.html import escape

from releases.newsroom.feeds.entries import Enclosure, Entry, Feed
from releases.newsroom.xml import Document

SUFFIX, NAME = "rss", "RSS"
MIME_TYPE = "application/rss+xml"
NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed) -> bytes:
    """Return a feed as an RSS document in UTF-8."""
    xml = Document()
    with xml.within("rss", {"version": "2.0", **NAMESPACES}), xml.within("channel"):
        _channel(xml, feed)
        for entry in feed.entries:
            with xml.within("item"):
                _item(xml, entry, feed)
    return xml.written()


def _channel(xml: Document, feed: Feed) -> None:
    xml.add("title", feed.title)
    xml.add("link", feed.home)
    xml.add("description", feed.subtitle or feed.title)
    xml.add("language", feed.language)
    xml.add("lastBuildDate", format_datetime(feed.updated))
    xml.add("atom:link", "", {"href": feed.address, "rel": "self", "type": MIME_TYPE})
    for urn, end in feed.withdrawn:
        xml.add("at:deleted-entry", "", {"ref": urn, "when": rfc3339_date(end)})


def _item(xml: Document, entry: Entry, feed: Feed) -> None:
    xml.add("title", entry.title)
    xml.add("link", entry.address)
    xml.add("guid", entry.urn, {"isPermaLink": "false"})
    xml.add("pubDate", format_datetime(entry.published))
    xml.add("atom:updated", rfc3339_date(entry.updated))
    # Readers' programs take a description for HTML: ours is plain text.
    xml.add("description", escape(entry.summary))
    xml.add("content:encoded", entry.content)
    xml.add("dc:creator", feed.author)
    if entry.language != feed.language:
        xml.add("dc:language", entry.language)
    for topic in entry.topics:
        xml.add("category", topic)
    for code, href in entry.also:
        xml.add("atom:link", "", {"href": href, "rel": "alternate", "hreflang": code})
    _enclosures(xml, entry.enclosures)


def _enclosures(xml: Document, enclosures: list[Enclosure]) -> None:
    for one in enclosures[:1]:
        file = {"url": one.address, "length": str(one.size), "type": one.mime_type}
        xml.add("enclosure", "", file)
    for one in enclosures:
        medium = "image" if one.is_picture else "document"
        file = {"url": one.address, "type": one.mime_type, "medium": medium}
        with xml.within("media:content", file):
            xml.add("media:description", one.title)
