"""Search: the same answers, in the same order, from both databases. docs/search.md says how."""
