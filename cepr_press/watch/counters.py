"""What is counted, for Prometheus. It knows nothing of the site, so that logging may load it first.

Every label has a handful of values that stand here or in `seen`: nothing that a reader sends
becomes one.
"""

import logging

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

# When each began to be counted is told by the process' own start.
disable_created_metrics()  # type: ignore[no-untyped-call]

METHODS = frozenset({"GET", "HEAD", "POST"})
# From what a kept page takes to what somebody calls slow, in seconds.
BUCKETS = (0.0005, 0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

registry = CollectorRegistry()
requests = Counter(
    "press_requests", "Answers, by part of the site, method and class of status",
    ["part", "method", "status"], registry=registry,
)  # fmt: skip
seconds = Histogram(
    "press_request_seconds", "Time to an answer, by part of the site",
    ["part"], buckets=BUCKETS, registry=registry,
)  # fmt: skip
cached = Counter(
    "press_page_cache", "Answers by what the page cache did: kept, rendered, shared, passed",
    ["outcome"], registry=registry,
)  # fmt: skip
slow = Counter("press_slow_queries", "Statements above PRESS_SLOW_QUERY_MS", registry=registry)
logged = Counter("press_log_records", "Lines of the log by level", ["level"], registry=registry)


class CountingHandler(logging.Handler):
    """Counts warnings and worse, so that an alert can be set on them."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line."""
        logged.labels(record.levelname.lower()).inc()


def count(part: str, method: str, status: str, outcome: str, took: float) -> None:
    """Count an answer; `status` is the first digit, `took` is in seconds."""
    requests.labels(part, method if method in METHODS else "other", f"{status}xx").inc()
    seconds.labels(part).observe(took)
    cached.labels(outcome).inc()
