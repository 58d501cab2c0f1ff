"""How many examples a property is tried with: all by `make soak`, a third by the suite."""

from hypothesis import settings

#: What hypothesis takes where nothing is said, and what the suite takes of it.
ALL, SOME = 100, 34


def examples(number: int) -> settings:
    """As many examples as the property deserves, or the share of it that this run tries."""
    return settings(max_examples=number * settings.default.max_examples // ALL)
