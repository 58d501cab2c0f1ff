"""Wait until a process of the application is ready: `python bin/ready.py PORT [SECONDS]`.

Exit code 0 once http://127.0.0.1:PORT/health/ready says so, 1 where it doesn't in time (60).
"""

import http.client
import json
import sys
import time


def answer(port: int) -> tuple[bool, str]:
    """Return whether the process is ready, and what it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        got = connection.getresponse()
        return got.status == 200, json.dumps(json.loads(got.read()))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return False, f"no answer: {error}"
    finally:
        connection.close()


def wait(port: int, seconds: float) -> None:
    """Return when it is ready; exits with what it said last where it isn't in time."""
    latest = time.monotonic() + seconds
    while True:
        ready, said = answer(port)
        if ready:
            return
        if time.monotonic() > latest:
            sys.exit(f"The process on port {port} is not ready after {seconds:g} s: {said}")
        time.sleep(0.1)


if __name__ == "__main__":
    wait(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60)
