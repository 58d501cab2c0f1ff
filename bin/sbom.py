"""What a lock file pins, as a CycloneDX 1.6 bill of materials: `bin/sbom.py requirements.txt`.

Made of the lock alone: the same lock gives the same bytes.
"""

import json
import re
import sys
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ \\;]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict]:
    """Return every pinned package with its version and the hashes of its files."""
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"pkg:pypi/{name}@{version}",
                    "hashes": [{"alg": "SHA-256", "content": one} for one in HASH.findall(files)],
                }
            ],
        }
        for name, version, files in PINNED.findall(lock)
    ]


def bill(lock: str) -> dict:
    """Return the bill of materials of a lock."""
    text = (ROOT / "cepr_press/__init__.py").read_text(encoding="utf-8")
    version = text.split('__version__ = "')[1].split('"')[0]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid5(NAMESPACE_URL, version + lock).urn,
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "cepr-press", "version": version}
        },
        "components": components(lock),
    }


if __name__ == "__main__":
    print(json.dumps(bill(Path(sys.argv[1]).read_text(encoding="utf-8")), indent=1))
