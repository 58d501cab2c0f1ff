"""Of the editor only what the desk loads is collected; a browser test sees that all of it is."""

from pathlib import PurePosixPath

import pytest
from django.contrib.staticfiles.finders import get_finders

from cepr_press.static_finders import PLUGINS, is_loaded


def collected() -> set[str]:
    return {path for finder in get_finders() for path, _storage in finder.list([])}


def test_what_the_desk_loads_is_there():
    editor = "ckeditor/ckeditor"
    assert collected() >= {
        "css/newsroom.css",
        "admin/css/base.css",
        "ckeditor/ckeditor-init.js",
        f"{editor}/ckeditor.js",
        f"{editor}/config.js",
        f"{editor}/lang/pt-br.js",
        f"{editor}/skins/moono-lisa/editor.css",
        f"{editor}/plugins/icons.png",
        f"{editor}/plugins/link/dialogs/link.js",
    }


@pytest.mark.parametrize(
    "path",
    [
        "ckeditor/galleriffic/js/jush.js",
        "ckeditor/ckeditor/CHANGES.md",
        "ckeditor/ckeditor/lang/af.js",
        "ckeditor/ckeditor/plugins/a11yhelp/dialogs/lang/af.js",
        "ckeditor/ckeditor/plugins/iframe/dialogs/iframe.js",
        "ckeditor/ckeditor/plugins/pastefromword/filter/default.js",
        "ckeditor/ckeditor/skins/moono/editor.css",
    ],
)
def test_what_is_off_is_not(path):
    assert not is_loaded(PurePosixPath(path))
    assert path not in collected()


def test_no_plug_in_that_is_off_is_kept(settings):
    off = settings.CKEDITOR_CONFIGS["default"]["removePlugins"].split(",")
    assert PLUGINS & set(off) == set()
