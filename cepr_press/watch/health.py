"""Whether this process can do its work: the database, the media storage, what it knows of changes.

`live` asks nothing: a process that answers it is alive. `ready` asks, at most once in KEPT
seconds however often it is asked itself, and says no more than which part is at fault.
"""

import logging
import time
from secrets import token_hex
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection

from cepr_press import generation
from cepr_press.migrated import unapplied
from cepr_press.page_cache import PageCache

log = logging.getLogger(__name__)

# How long, in seconds, an answer is given again; the storage, which may cost money, is tried more
# rarely.
KEPT, MEDIA_KEPT = 1.0, 10.0
# From this age on, what the page cache knows of the generation is a fault: it asks twice a second.
OLD = 5.0

Facts = dict[str, object]


class Health:
    """What this process says of itself; one for each."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache
        self.lock = Lock()
        self.asked = self.media_asked = float("-inf")
        self.told: tuple[str, Facts] = ("", {})
        self.media = ""
        self.migrated = False

    def ready(self) -> tuple[str, Facts]:
        """Return a status line of HTTP and the facts: 200 where all is well, else 503."""
        with self.lock:
            now = time.time()
            if not 0 <= now - self.asked < KEPT:
                self.told, self.asked = self._looked(now), now
            return self.told

    def _looked(self, now: float) -> tuple[str, Facts]:
        database = self._database()
        if not 0 <= now - self.media_asked < MEDIA_KEPT:
            self.media, self.media_asked = storage_fault(), now
        self.cache.look(now)
        age = max(0.0, now - self.cache.known)
        faults = {
            "database": database,
            "media": self.media,
            "generation": "old" if age > OLD else "",
        }
        well = not any(faults.values())
        facts: Facts = {"status": "ok" if well else "not ready"}
        facts |= {name: fault or "ok" for name, fault in faults.items()}
        if self.cache.known:
            facts["generation_age"] = round(age, 3)
        return ("200 OK" if well else "503 Service Unavailable"), facts

    def _database(self) -> str:
        """Return what is wrong with the database, or ""; one that is migrated stays so."""
        try:
            generation.current()
            self.migrated = self.migrated or not unapplied()
        except Error as error:
            log.error("The database does not answer: %s", error)
            connection.close()
            return "away"
        return "" if self.migrated else "not migrated"


def storage_fault() -> str:
    """Write a small file to the media storage, read it, take it away; return what failed, or ""."""
    doing = "not writable"
    try:
        name = default_storage.save(f"health/{token_hex(8)}", ContentFile(b"here"))
        doing = "not readable"
        try:
            with default_storage.open(name) as file:
                whole = file.read() == b"here"
        finally:
            default_storage.delete(name)
    # Each kind of storage raises errors of its own.
    except Exception as error:
        log.error("The media storage is %s: %s", doing, error)
        return doing
    return "" if whole else doing
