"""`make audit`: what others' tools say of the newsroom and of what it is built from.

- pip-audit asks the advisory service about every pinned package; where that can't be reached, it
  is said so and nothing is claimed;
- the Nu HTML checker (W3C) reads every page that links lead to, in each language, and the pages
  for what is not there and what was withdrawn: no error, no warning;
- Lighthouse judges each kind of page as a phone sees it: 100 in each of its four categories. Its
  timings are noisy, so that a page may try again. Results of a search are kept out of search
  engines on purpose, which it counts against their SEO: of that they are judged without a question.

Needs node with npm and Java for the last two, and installs the rest below var/. Not part of the
suite: figures of other people's tools change with their versions.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin

from tests.browser.conftest import FLAGS
from tests.server import ROOT, running_site

HOME = Path(__file__).parent
# In an environment of its own: it wants a pip of its own.
PIP_AUDIT = "pip-audit@2.10.1"
TOOLS = ROOT / "var" / "audit"
#: Where the walk begins: each language, what no link leads to, and what is typed.
HOMES = ("/", "/es/", "/pt-br/")
STARTS = tuple(
    home + path
    for home in HOMES
    for path in (
        *("", "not-there/", "corrections/", "coming/", "search/"),
        *("search/?q=imf", "search/?q=nothingofthekind", "search/?q=bolvia"),
    )
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: A page of each kind, as Lighthouse is to see it, and what of it is judged.
JUDGED = {
    "/": CATEGORIES,
    "/releases/remittances-share-of-gdp/": CATEGORIES,
    "/topics/bolivia/": CATEGORIES,
    "/contacts/": CATEGORIES,
    "/search/": CATEGORIES,
    "/search/?q=bolivia": CATEGORIES[:3],
}
TRIES, MOST_PAGES = 3, 500
LINK = re.compile(r'<a [^>]*?href="([^"]+)"')


def packages() -> bool:
    """Ask the advisory service about what is pinned; what it can't be asked of is no finding."""
    command = [
        *(str(Path(sys.executable).parent / "uvx"), "--quiet", PIP_AUDIT),
        *("--progress-spinner=off", "--disable-pip"),
        *("--require-hashes", "--format=json", "-r", "requirements.txt"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except ValueError:
        print("packages: the advisory service can't be reached: nothing is known of any.")
        return True
    unknown = [one["name"] for one in asked if "skip_reason" in one]
    known = [one for one in asked if one.get("vulns")]
    print(f"packages: {len(asked) - len(unknown)} asked about, {len(known)} with an advisory")
    if unknown:
        print(f"  The advisory service knows nothing of {len(unknown)}: {', '.join(unknown)}")
    for one in known:
        print(f"  {one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}")
    return not known


def install() -> None:
    """Install the node tools as pinned, below var/."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HOME / name, TOOLS / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=TOOLS, check=True)


def pages(site: str) -> dict[str, str]:
    """Return every page of the newsroom that links lead to, by its path: its text."""
    waiting, found = list(STARTS), {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        if path in found:
            continue
        kind, text = page(site + path)
        if "html" not in kind:
            continue
        found[path] = text
        for link in LINK.findall(text):
            address = urldefrag(urljoin(site + path, link.replace("&amp;", "&"))).url
            if address.startswith(f"{site}/") and "/desk/" not in address:
                waiting.append(address.removeprefix(site))
    return found


def page(address: str) -> tuple[str, str]:
    """Return the type and the text of an answer, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            kind = answer.headers["content-type"]
            return kind, answer.read().decode() if "html" in kind else ""
    except HTTPError as error:
        return error.headers["content-type"], error.read().decode()


def markup(site: str, folder: Path) -> bool:
    """Let the Nu HTML checker read all pages; print what it says."""
    found = pages(site)
    for number, (path, text) in enumerate(found.items()):
        name = re.sub(r"\W+", "_", path)[:80]
        (folder / f"{number:03}{name}.html").write_text(text, encoding="utf-8")
    checker = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
    command = ["java", "-jar", str(checker), "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"markup: {len(found)} pages, {len(done.stderr.splitlines())} findings")
    print(done.stderr[:4000], end="")
    return not done.returncode and not done.stderr


def judged(address: str, report: Path, categories: Iterable[str]) -> dict[str, int]:
    """Return Lighthouse's verdict on one page by category, in percent."""
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    command = [
        str(TOOLS / "node_modules/.bin/lighthouse"),
        address,
        *("--quiet", "--output=json", f"--output-path={report}"),
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    said = json.loads(report.read_text())["categories"]
    return {name: round(100 * said[name]["score"]) for name in categories}


def lighthouse(site: str, folder: Path) -> bool:
    """Print the verdict on a page of each kind; the best of some tries counts."""
    whole = True
    print(f"{'lighthouse':<42}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for path, categories in JUDGED.items():
        best = dict.fromkeys(categories, 0)
        for _try in range(TRIES):
            verdict = judged(site + path, folder / "report.json", categories)
            best = {name: max(best[name], verdict[name]) for name in categories}
            if min(best.values()) == 100:
                break
        print(f"{path:<42}" + "".join(f"{best.get(name, ''):>16}" for name in CATEGORIES))
        whole = whole and min(best.values()) == 100
    return whole


def main() -> int:
    """Run all; return the exit code."""
    whole = packages()
    missing = [name for name in ("npm", "java") if not shutil.which(name)]
    if missing:
        print(f"markup, lighthouse: not judged, {' and '.join(missing)} is not installed.")
        return int(not whole)
    install()
    with TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        for name, judge in (("markup", markup), ("lighthouse", lighthouse)):
            place = Path(folder) / name
            place.mkdir()
            whole = judge(site.url, place) and whole
    return int(not whole)


if __name__ == "__main__":
    sys.exit(main())
