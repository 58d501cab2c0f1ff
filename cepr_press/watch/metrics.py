"""Metrics for Prometheus, of this process: each process is asked for its own.

Off unless PRESS_METRICS_TOKEN is set, and then for those alone who bring it. Every label has a
handful of values that stand here; nothing that a reader sends becomes one.
"""

import shutil
import time
from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

import cepr_press
from cepr_press.backup.folder import last_backup
from cepr_press.http_caching import Environ
from cepr_press.page_cache import PageCache
from cepr_press.watch.counters import registry
from releases import timekeeping


class State(Collector):
    """What is looked up when somebody asks: nothing here costs while nobody does."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache

    def collect(self) -> Iterator[Metric]:
        """Yield version, generation, free disk and the age of the last backup."""
        info = GaugeMetricFamily("press_build", "The version that runs", labels=["version"])
        info.add_metric([cepr_press.__version__], 1)
        yield info
        known = self.cache.generation
        if known is not None:
            yield GaugeMetricFamily("press_generation", "The last change known of", known)
            age = max(0.0, time.time() - self.cache.known)
            yield GaugeMetricFamily(
                "press_generation_age_seconds", "Since the database confirmed it", age
            )
        late = timekeeping.behind().total_seconds()
        yield GaugeMetricFamily("press_clock_behind_seconds", "What the clock lost", late)
        free = shutil.disk_usage(settings.VAR).free
        yield GaugeMetricFamily("press_disk_free_bytes", "Free where PRESS_VAR is", free)
        if made := last_backup():
            yield GaugeMetricFamily(
                "press_backup_age_seconds", "Since the last backup", time.time() - made.timestamp()
            )


def watch_process(cache: PageCache) -> None:
    """Add what the process itself and its page cache can tell, once."""
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    registry.register(State(cache))


def answer(environ: Environ) -> tuple[str, str, bytes] | None:
    """Return all metrics for who brings the token; None for others, as if they weren't there."""
    brought = str(environ.get("HTTP_AUTHORIZATION", ""))
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not compare_digest(brought.encode("utf-8", "surrogateescape"), wanted.encode()):
        return None
    return "200 OK", CONTENT_TYPE_LATEST, generate_latest(registry)
