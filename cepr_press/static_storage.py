"""Static files with hashed names, the stylesheets joined into one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from cepr_press import __version__

IMPORT = re.compile(r'^@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);$', re.M)


def joined(stylesheet: Path) -> str:
    """Return the text of `stylesheet` with each `@import url(…) layer(x);` line replaced.

    A line is replaced by `@layer x { … }` around the imported file's text, which by CSS Cascading
    Level 5 means the same. So components stay small files, and readers fetch one.
    """

    def replaced(line: re.Match[str]) -> str:
        part = (stylesheet.parent / line["path"]).read_text(encoding="utf-8")
        return f"@layer {line['layer']} {{\n{part}}}"

    return IMPORT.sub(replaced, stylesheet.read_text(encoding="utf-8"))


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, joining the newsroom's stylesheets before names are hashed."""

    to_join = ("css/newsroom.css",)
    # During an upgrade the old version's processes go on with their own table of names.
    manifest_name = f"staticfiles-{__version__}.json"

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Join, then hand over to Django's hashing and WhiteNoise's compressing."""
        for name in self.to_join:
            if name in paths and not dry_run:
                # From the source: a changed part does not make the copied whole look older.
                text = joined(Path(str(finders.find(name))))
                self.delete(name)
                self._save(name, ContentFile(text.encode()))
                # Hashing reads through this table, which still points at the source.
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
