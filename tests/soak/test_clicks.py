"""20,000 clicks, the server told to stop half-way: whoever was answered is counted."""

import http.client
from itertools import count
from threading import Lock, Thread
from urllib.parse import urlsplit

from tests.server import made_site, manage, serving

CLIENTS, CLICKS = 8, 20_000
ADDRESS = "/donate/support-cepr-english/?from=remittances-share-of-gdp"
SUM = """
from django.db.models import Sum
from django.utils import timezone
from donations.models import Count
# The demo has figures of the weeks before.
rows = Count.objects.filter(appeal__name="support-cepr-english", day=timezone.localdate())
found = rows.aggregate(people=Sum("people"), machines=Sum("machines"))
named = rows.filter(release__isnull=False).aggregate(Sum("people"))["people__sum"]
print(found["people"], found["machines"], named, rows.count())
"""


class Crowd:
    """Readers, each with a browser of its own name, who click until somebody tells them to stop."""

    def __init__(self) -> None:
        self.lock, self.numbers = Lock(), count()
        self.sent = self.answered = 0

    def click(self, host: str, most: int) -> None:
        """Click through one connection until so many are answered by all, or nobody answers."""
        line = http.client.HTTPConnection(host, timeout=30)
        while self.answered < most:
            with self.lock:
                self.sent += 1
                browser = f"Mozilla/5.0 (X11; Linux x86_64) Firefox/{next(self.numbers)}.0"
            try:
                line.request("GET", ADDRESS, headers={"User-Agent": browser})
                answer = line.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return
            assert answer.status == 303
            with self.lock:
                self.answered += 1

    def come(self, url: str, most: int) -> list[Thread]:
        """Let all of them begin."""
        host = urlsplit(url).netloc
        threads = [Thread(target=self.click, args=(host, most)) for _each in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads


def test_who_was_answered_is_counted(tmp_path):
    crowd = Crowd()
    with made_site(tmp_path) as environment:
        with serving(environment, tmp_path / "first.log") as url:
            threads = crowd.come(url, CLICKS)
            while crowd.answered < CLICKS / 2:
                threads[0].join(0.01)
                assert any(thread.is_alive() for thread in threads)
        # Here the server was told to stop (TERM), while all of them went on clicking.
        for thread in threads:
            thread.join()
        stopped_at = crowd.answered
        assert CLICKS / 2 <= stopped_at < CLICKS
        with serving(environment, tmp_path / "second.log") as url:
            for thread in crowd.come(url, CLICKS):
                thread.join()
        assert crowd.answered >= CLICKS
        people, machines, named, rows = map(
            int, manage(environment, "shell", "--verbosity=0", "-c", SUM).split()
        )
    assert crowd.answered <= people <= crowd.sent
    assert (machines, named) == (0, people)
    print(f"\n{crowd.answered} answered ({stopped_at} before TERM), {people} counted, {rows} rows")
