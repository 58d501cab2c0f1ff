"""What an act of publishing will do to whom, and what it has done, in the desk's words."""

from datetime import datetime

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from releases import timekeeping
from releases.content import Content
from releases.desk.state import elsewhere, moment
from releases.models import Edition, Release, Topic


def consequences(release: Release, content: Content, now: datetime) -> list[str]:
    """Return what happens at the moment at which `content` becomes public, each a sentence.

    `now` is a moment before it.
    """
    topics = Topic.objects.filter(pk__in=content.topics)
    words = {
        "language": get_language_info(content.language)["name_translated"],
        "topics": ", ".join(sorted(str(topic) for topic in topics)),
    }
    found = [
        _("From that second on it is public in %(language)s: on its page, in lists, feeds "
          "and search, at its topics (%(topics)s).") % words
        if topics
        else _("From that second on it is public in %(language)s: on its page, in lists, feeds "
               "and search.") % words
    ]  # fmt: skip
    links = open_links(release, now)
    if links:
        found.append(
            ngettext(
                "%(n)d share link then redirects to the page.",
                "%(n)d share links then redirect to the page.",
                links,
            )
            % {"n": links}
        )
    return found


def open_links(release: Release, now: datetime) -> int:
    """Return how many share links open something else at `now` than the public page."""
    editions = release.editions
    if editions.public(now).exists() and not editions.scheduled(now).exists():
        return 0
    return release.share_links.open(now).count()


def published(edition: Edition) -> str:
    """Say what publishing, moving or lifting has done."""
    now = timekeeping.now()
    if edition.public_from > now:
        return _("Scheduled: public from %(moment)s (%(elsewhere)s).") % {
            "moment": moment(edition.public_from, now),
            "elsewhere": elsewhere(edition.public_from),
        }
    return _("Public now at %(address)s") % {"address": edition.get_absolute_url()}
