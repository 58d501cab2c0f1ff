"""Feeds, made of public editions only.

A format is a module with SUFFIX, NAME, MIME_TYPE and `write(feed) -> bytes`, named in FORMATS: its
addresses, the links to it, the list of all feeds and the tests follow. docs/feeds.md says more.
"""

from releases.newsroom.feeds import atom, json_feed, rss

#: In the order in which they are offered.
FORMATS = {one.SUFFIX: one for one in (atom, rss, json_feed)}
