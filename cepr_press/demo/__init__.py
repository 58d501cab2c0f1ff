"""The demo newsroom: invented releases, people and figures, and what loads them."""
