"""Backups are killed 200 times, at any moment: no archive that claims to be whole is not."""

import json
from pathlib import Path

from tests.cepr_press.backup.sites import own_site

KILLS = 200
# The parent is warm; each child is a fork of it with a connection of its own, as in victims.py.
KILL = """
import json, os, random, signal, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from django.db import connection
from cepr_press.backup.folder import archives, last_backup, name_of
from cepr_press.backup.reading import opened
from cepr_press.backup.writing import make

folder, chance = Path(FOLDER), random.Random(20261124)
moment = datetime(2026, 1, 1, tzinfo=UTC)

def backup(at):
    connection.close()
    make(connection, folder / name_of(at), at)

lasts = []
for minute in range(3):
    began = time.perf_counter()
    backup(moment - timedelta(minutes=minute))
    lasts.append(time.perf_counter() - began)
connection.close()
finished, killed, left = 0, 0, 0
for number in range(1, KILLS + 1):
    at = moment + timedelta(minutes=number)
    child = os.fork()
    if not child:
        signal.alarm(60)
        try:
            backup(at)
            signal.pause()
        finally:
            os._exit(1)
    time.sleep(chance.random() * sorted(lasts)[1] * 1.2)
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "the child ended by itself"
    left = max(left, len(list(folder.glob(".*.partial"))))
    claims = folder / name_of(at)
    if claims.exists():
        with opened(claims) as archive:
            assert archive.manifest.made_at == at
        finished += 1
    else:
        killed += 1
assert len(archives(folder)) == finished + len(lasts)
for path in archives(folder):
    with opened(path) as archive:
        assert len(list(archive.rows("releases.release"))) > 20
backup(moment + timedelta(days=1))
print(json.dumps([finished, killed, left, len(list(folder.glob(".*")))]))
"""


def test_no_archive_that_claims_to_be_whole_is_not(tmp_path: Path):
    with own_site(tmp_path / "site") as site:
        site.manage("migrate", "--verbosity=0")
        site.manage("load_demo")
        folder = tmp_path / "backups"
        code = KILL.replace("FOLDER", repr(str(folder))).replace("KILLS", str(KILLS))
        finished, killed, left, remains = site.run(code)
        print(json.dumps({"killed": killed, "finished before": finished}))
        assert finished + killed == KILLS
        assert killed > KILLS / 4, "most were to be killed at work"
        assert left == 1, "the next one removes what a killed one left"
        assert remains == 0
