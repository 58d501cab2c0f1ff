"""How long to wait after being wrong: a pure rule over numbers."""

#: Failures that cost nothing: of one browser or name, and of a network that many may share.
FREE, FREE_NETWORK = 5, 30
FIRST, LONGEST = 15, 3600
#: Seconds without a failure after which all is forgotten.
FORGOTTEN = 24 * 3600


def left(failures: int, free: int, passed: float) -> int:
    """Return the seconds still to wait, `passed` seconds after the last of so many failures.

    The first ones are free, then each doubles the wait: 15 seconds, 30, 1 minute … an hour at most.
    """
    if failures < free or passed >= FORGOTTEN:
        return 0
    span = min(FIRST * 2 ** min(failures - free, 16), LONGEST)
    return max(0, -int(-(span - passed) // 1))
