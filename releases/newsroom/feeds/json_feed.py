"""JSON Feed 1.1 (jsonfeed.org) with the whole text.

What it has no word for stands in an extension, `_newsroom`: the releases that were withdrawn, and
an item's translations.
"""

import json
from typing import Any

from releases.newsroom.feeds.entries import Enclosure, Entry, Feed

SUFFIX, NAME = "json", "JSON Feed"
MIME_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """Return a feed as JSON in UTF-8."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
        "_newsroom": {
            "withdrawn": [
                {"id": urn, "date_withdrawn": end.isoformat()} for urn, end in feed.withdrawn
            ]
        },
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.urn,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.language,
        "tags": entry.topics,
        "attachments": [_attachment(one) for one in entry.enclosures],
        "_newsroom": {
            "translations": [{"language": code, "url": href} for code, href in entry.also]
        },
    }
    pictures = [one.address for one in entry.enclosures if one.is_picture]
    return {**item, **({"image": pictures[0]} if pictures else {})}


def _attachment(one: Enclosure) -> dict[str, Any]:
    """Return a picture or file as an attachment; a size that is not known is left out."""
    file = {"url": one.address, "mime_type": one.mime_type, "title": one.title}
    return {**file, "size_in_bytes": one.size} if one.size else file
