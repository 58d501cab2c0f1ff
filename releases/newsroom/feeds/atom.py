"""Atom 1.0 (RFC 4287) with the whole text of each entry, and tombstones (RFC 6721)."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from releases.newsroom.feeds.entries import EPOCH, Enclosure, Entry, Feed

SUFFIX, NAME = "atom", "Atom"
MIME_TYPE = "application/atom+xml"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def write(feed: Feed) -> bytes:
    """Return a feed as an Atom document in UTF-8."""
    atom = _Atom(
        title=feed.title,
        link=feed.home,
        description=feed.subtitle,
        language=feed.language,
        feed_url=feed.address,
        author_name=feed.author,
        feed=feed,
    )
    for entry in feed.entries:
        atom.add_item(
            title=entry.title,
            link=entry.address,
            # Django says of a summary that it is HTML (RFC 4287, 3.1.1.2): ours is plain text.
            description=escape(entry.summary),
            unique_id=entry.urn,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.topics,
            entry=entry,
        )
    return bytes(atom.writeString("utf-8").encode())


class _Atom(Atom1Feed):
    """Django's Atom, and what it leaves out."""

    def latest_post_date(self) -> Any:
        """Return when the feed last changed; an empty one has changed at the epoch."""
        return max(self.feed["feed"].updated, EPOCH)

    def root_attributes(self) -> dict[str, Any]:
        """Add the namespace of tombstones."""
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Name each withdrawn release, so that readers' programs drop it too."""
        super().add_root_elements(handler)
        for urn, end in self.feed["feed"].withdrawn:
            attributes = {"ref": urn, "when": rfc3339_date(end)}
            handler.addQuickElement("at:deleted-entry", None, attributes)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Say in which language an entry is that is not in the feed's (RFC 4287, 2)."""
        entry: Entry = item["entry"]
        return {"xml:lang": entry.language} if entry.language != self.feed["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add translations' addresses, pictures and files (4.1.1), and the text as HTML (4.1.3)."""
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for code, href in entry.also:
            handler.addQuickElement(
                "link", "", {"href": href, "rel": "alternate", "hreflang": code}
            )
        for one in entry.enclosures:
            handler.addQuickElement("link", "", _enclosure(one))
        handler.addQuickElement("content", entry.content, {"type": "html"})


def _enclosure(one: Enclosure) -> dict[str, str]:
    """Return the attributes of an enclosure's link; a length that is not known is left out."""
    link = {"rel": "enclosure", "href": one.address, "type": one.mime_type, "title": one.title}
    return {**link, "length": str(one.size)} if one.size else link
