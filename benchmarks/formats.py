"""What a release costs as a file: milliseconds and bytes, beside those of its page.

Cold: made anew, as after a change of what it shows. Warm: what it shows is asked for, the file is
there. The page is rendered with nothing kept, and with its parts kept. Neither goes through the
page cache, which serves both without entering Django.

Run: python -m benchmarks.formats
"""

import os
import statistics
import time
from io import StringIO
from tempfile import TemporaryDirectory

ROUNDS = 15
SLUG = "remittances-share-of-gdp"


def main() -> None:
    """Load the demo into a database of its own, and print a table."""
    with TemporaryDirectory() as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="cepr_press.settings",
            PRESS_DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            PRESS_VAR=folder,
            PRESS_DEBUG="yes",  # static files under their own names, none collected
        )
        measured()


def measured() -> None:
    """Print what each file and the page cost."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from releases.formats import FORMATS, made
    from releases.newsroom import parts

    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=StringIO())
    client = Client(SERVER_NAME="localhost")
    addresses = {"page": f"/releases/{SLUG}/"}
    addresses |= {f".{suffix}": f"/releases/{SLUG}.{suffix}" for suffix in FORMATS}
    print(f"{'':8}{'cold, ms':>10}{'warm, ms':>10}{'bytes':>10}")
    for name, address in addresses.items():
        cold, warm, size = [], [], 0
        client.get(address)
        for _ in range(ROUNDS):
            made.kept.clear()
            parts.kept.clear()
            spent, size = asked(client, address)
            cold.append(spent)
            warm.append(asked(client, address)[0])
        times = f"{statistics.median(cold):10.1f}{statistics.median(warm):10.1f}"
        print(f"{name:8}{times}{size:10,}")


def asked(client, address: str) -> tuple[float, int]:
    """Ask once; return milliseconds of processor time and the size of the answer."""
    began = time.process_time()
    answer = client.get(address)
    spent = time.process_time() - began
    assert answer.status_code == 200, answer.status_code
    return spent * 1000, len(answer.content)


if __name__ == "__main__":
    main()
