"""What is new: the change log as a page of the desk."""

from cepr_press import __version__
from cepr_press.news import versions
from tests.forms import page_of
from tests.make import make_user
from tests.releases.desk.steps import signed_in

LOG = """# Changes

Words before.

## 0.2.0

Plain words.

- **Search**: by `name`,
  or word.
- <script>alert(1)</script>

## 0.1.0

- First.
"""


def test_versions_and_their_items_are_read_in_order():
    second, first = versions(LOG)
    assert (second.name, first.name) == ("0.2.0", "0.1.0")
    assert second.items == [
        ("", "Plain words."),
        ("Search", ": by name, or word."),
        ("", "<script>alert(1)</script>"),
    ]
    assert first.items == [("", "First.")]


def test_a_text_without_versions_is_none():
    assert versions("") == versions("# Changes\n") == []


def test_the_page_shows_the_version_that_runs(db):
    page = page_of(signed_in(make_user("writer")).get("/desk/news/"))
    assert __version__ in [one.text_content() for one in page.iter("h2")]


def test_words_of_the_log_are_text(db, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    page = page_of(signed_in(make_user("writer")).get("/desk/news/"))
    assert any("alert(1)" in one.text_content() for one in page.iter("li"))
    assert not any("alert(1)" in one.text_content() for one in page.iter("script"))
