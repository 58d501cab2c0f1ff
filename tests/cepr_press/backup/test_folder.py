"""Where archives go, what they are called, which are kept, and the last one's moment."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cepr_press.backup.folder import archives, drop_older, last_backup, name_of, unfinished

MOMENT = datetime(2026, 3, 9, 15, 4, 5, tzinfo=UTC)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.BACKUPS = tmp_path / "backups"
    return settings.BACKUPS


def made(folder: Path, *moments: datetime) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / name_of(one) for one in moments]
    for path in paths:
        path.touch()
    return paths


def test_without_any(folder):
    assert last_backup() is None
    folder.mkdir()
    (folder / "notes.zip").touch()
    (folder / f".{name_of(MOMENT)}.0123.partial").touch()
    assert last_backup() is None


def test_the_newest_counts(folder):
    made(folder, MOMENT, MOMENT.replace(month=2), MOMENT.replace(year=2025))
    assert last_backup() == MOMENT


def test_older_ones_go_and_nothing_else(folder):
    newest, older, oldest = made(folder, MOMENT, MOMENT.replace(day=8), MOMENT.replace(day=7))
    (folder / "before-the-move.zip").touch()
    assert drop_older(folder, 2) == [oldest]
    assert archives() == [newest, older]
    assert (folder / "before-the-move.zip").exists()


def test_what_a_killed_backup_left_goes_with_the_next(folder):
    folder.mkdir()
    hold = (
        "import sys, time\nfrom pathlib import Path\n"
        "from cepr_press.backup.folder import unfinished\n"
        "with unfinished(Path(sys.argv[1])):\n    print('holds', flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", hold, str(folder / name_of(MOMENT))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout
            assert other.stdout.readline() == "holds\n"
            with unfinished(folder / name_of(MOMENT.replace(day=10))):
                assert len(list(folder.iterdir())) == 2, "the other is still at work"
        finally:
            other.kill()
    assert len(list(folder.iterdir())) == 1, "killed, it left its file"
    with unfinished(folder / name_of(MOMENT.replace(day=10))) as (_file, path):
        assert list(folder.iterdir()) == [path]
    assert list(folder.iterdir()) == []
