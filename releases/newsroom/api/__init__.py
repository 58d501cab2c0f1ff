"""The API: what the newsroom shows, as JSON, to be read by programs. It has nothing else.

One table (table.py) has its addresses: what may be asked, and the shape of what is answered. The
map of addresses and the description (OpenAPI 3.1) are both made from it. docs/feeds.md says more.
"""
