"""Which static files are collected: of the editor only what the desk loads."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder

EDITOR = PurePosixPath("ckeditor/ckeditor")
SKIN = "moono-lisa"
#: The plug-ins that CKEDITOR_CONFIGS leaves on and that have files of their own: dialogs, styles.
#: What is off is not even served.
PLUGINS = {
    "a11yhelp", "autogrow", "clipboard", "colordialog", "copyformatting", "dialog", "find",
    "language", "link", "liststyle", "magicline", "notification", "preview", "showblocks",
    "specialchar", "table", "tableselection", "tabletools", "templates", "widget",
}  # fmt: skip
UNUSED = {"adapters", "vendor", "galleriffic"}


def is_loaded(path: PurePosixPath) -> bool:
    """Return whether the desk may ask for a static file, by its path below /static/.

    The editor brings five thousand files in seventy languages, and every one would be hashed and
    compressed twice.
    """
    if path.parts[0] != EDITOR.parts[0]:
        return True
    if UNUSED & set(path.parts) or path.suffix == ".md":
        return False
    if "lang" in path.parts and path.stem not in dict(settings.LANGUAGES):
        return False
    inside = path.relative_to(EDITOR).parts if path.is_relative_to(EDITOR) else ()
    if len(inside) < 3:
        return True
    kept = {"plugins": PLUGINS, "skins": {SKIN}}.get(inside[0])
    return kept is None or inside[1] in kept


class LoadedFilesFinder(AppDirectoriesFinder):
    """Finds the apps' static files, as Django's own does, but for those that nothing loads."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield each file's path and the storage that holds it."""
        for path, storage in super().list(ignore_patterns):
            if is_loaded(PurePosixPath(path)):
                yield path, storage
