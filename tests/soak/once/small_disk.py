"""The server on a disk of its own that is small, or whose pictures can't be written to.

Run as bin/server.py is: `small_disk.py PORT`. SMALL_DISK says which: "full" puts all of the site's
state on a disk of 48 MB in memory, "read-only" takes the right to write to the media folder away.
Both only this process sees: it has a view of the file system of its own (namespaces, Linux).
"""

import os
import sys
from pathlib import Path

STEPS = {
    # What was there is copied first; whoever looks in from outside finds it below /proc/PID/root.
    "full": """
        cp -a "$PRESS_VAR" "$PRESS_VAR.copy"
        mount -t tmpfs -o size=48m tmpfs "$PRESS_VAR"
        cp -a "$PRESS_VAR.copy/." "$PRESS_VAR"
        rm -r "$PRESS_VAR.copy"
    """,
    "read-only": """
        mount --bind "$PRESS_VAR/media" "$PRESS_VAR/media"
        mount -o remount,bind,ro "$PRESS_VAR/media"
    """,
}

if __name__ == "__main__":
    steps = STEPS[os.environ["SMALL_DISK"]]
    server = Path(__file__).resolve().parents[3] / "bin" / "server.py"
    script = f'set -e; {steps}\nexec "{sys.executable}" "{server}" "{sys.argv[1]}"'
    os.execvp("unshare", ["unshare", "--map-root-user", "--mount", "sh", "-c", script])
