"""The part of an address behind the question mark, as the page cache knows it."""

from urllib.parse import parse_qsl, urlencode

# What the newsroom's pages ask for: filters and places in a list; oEmbed 1.0 the second line.
PARAMETERS = frozenset({"before", "after", "all", "kind", "speaks", "topic", "year"})
PARAMETERS |= {"format", "maxheight", "maxwidth", "url"}
SEARCH = ("/search/", "/search/suggestions/")
SEARCH_PARAMETERS = {"q", "topic", "kind", "language", "year", "page"}
# A day and the longest address of a release; an address with its host.
LONGEST_VALUE, LONGER = 140, {"url": 1500}
# As many characters of a question as are looked at.
LONGEST_QUESTION = 200


def normalised(query: str, path: str) -> str:
    """Return the query with the parameters that the page knows only, in one order.

    Anything else can then neither miss what is kept nor be kept as a page of its own.
    """
    known = SEARCH_PARAMETERS if path.endswith(SEARCH) else PARAMETERS
    found = {
        name: value[:LONGEST_QUESTION] if name == "q" else value
        for name, value in parse_qsl(query)
        if name in known and (name == "q" or len(value) <= LONGER.get(name, LONGEST_VALUE))
    }
    return urlencode(sorted(found.items()))
