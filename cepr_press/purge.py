"""Telling caches in front that something changed (PRESS_PURGE_URL).

One message for everything: a publication changes its page, the lists, the feeds, its neighbours,
and nobody has to know which.
"""

import json
import logging
import time
from threading import Thread
from urllib.request import Request, urlopen

from django.conf import settings

from cepr_press.http_caching import KEY

log = logging.getLogger(__name__)

# Seconds that the hook has to answer.
PATIENCE = 10
# Once at once, and once more: a cache may have filled itself meanwhile with an answer that was
# under way, or from another process, which learns of a change within a second.
WAITS = (0.0, 2.0)


def purge(address: str) -> None:
    """Ask the hook at `address` to drop all of the newsroom. Raises OSError where that fails."""
    headers = {"Content-Type": "application/json", "Surrogate-Key": KEY, "Cache-Tag": KEY}
    if settings.PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    body = json.dumps({"tags": [KEY]}).encode()
    # Only http and https get this far: the settings refuse other addresses.
    request = Request(address, body, headers, method="POST")  # noqa: S310
    urlopen(request, timeout=PATIENCE).close()  # noqa: S310


def purge_later() -> None:
    """Do so in the background; a failure is logged and disturbs nobody."""
    if settings.PURGE_URL:
        Thread(
            target=_purge_and_again, args=(settings.PURGE_URL,), name="purge", daemon=True
        ).start()


def _purge_and_again(address: str) -> None:
    for wait in WAITS:
        time.sleep(wait)
        try:
            purge(address)
        except OSError as error:
            log.error("Caches in front were not told of a change: %s", error)
