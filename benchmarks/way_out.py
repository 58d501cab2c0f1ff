"""What a click costs, as ratios taken in one run: `python -m benchmarks.way_out`.

The way out (`/donate/…`, counted, with the release named) against a Django view that answers with a
constant, both through Django's whole chain of middleware, asked in turn in one process. Printed
is the median of the rounds' ratios: once as a reader who clicks again, once as new readers, each
with a browser of another name, which has to be looked up among those of programs.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory


def main() -> None:
    """Make a site with the demo, and measure on it."""
    with TemporaryDirectory() as folder:
        env = {**os.environ, "PRESS_VAR": folder}
        measure = "from benchmarks._clicks import measure; measure()"
        for command in (
            ["migrate"],
            ["load_demo"],
            ["collectstatic", "--noinput"],
            ["shell", "--verbosity=0", "-c", measure],
        ):
            output = None if command[0] == "shell" else subprocess.DEVNULL
            arguments = [sys.executable, "manage.py", *command]
            subprocess.run(arguments, env=env, check=True, stdout=output)


if __name__ == "__main__":
    main()
