"""When this site was last backed up."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def last_backup() -> datetime | None:
    """Return when the newest file in the folder of backups was written; None without one."""
    folder = Path(settings.VAR) / "backups"
    times = [one.stat().st_mtime for one in folder.glob("[!.]*") if one.is_file()]
    return datetime.fromtimestamp(max(times), UTC) if times else None
