"""Acts on who may see a release at the desk."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from releases.models import Release
from releases.workflow.door import Refused, name_of, office_language, opened, record


def restrict(pk: int, by: User, seen: int, people: Iterable[User]) -> Release:
    """Name the people who alone may see the release; nobody: all who have the right see it.

    Whoever does it stays among the named: nobody can lock oneself out. Raises Refused or Stale.
    """
    chosen = {person.pk: person for person in people}
    if chosen:
        chosen[by.pk] = by
    blind = [one for one in chosen.values() if not one.has_perm("releases.view_release")]
    if blind:
        raise Refused(
            [_("%(name)s has no right to see releases.") % {"name": name_of(one)} for one in blind]
        )
    with opened("restrict", pk, by, seen) as release:
        release.named.set(chosen)
        names = ", ".join(sorted(name_of(one) for one in chosen.values()))
        with office_language():
            told = names or _("Everybody at the desk.")
        record(release, "restrict", by, told)
    return release


def step_in(pk: int, by: User, seen: int, why: str) -> Release:
    """Let an administrator join the named people, where these have left, and say why.

    Raises Refused or Stale.
    """
    if not why.strip():
        raise Refused([_("Say in a sentence why you have to see it.")])
    with opened("step_in", pk, by, seen) as release:
        release.named.add(by)
        record(release, "step_in", by, why.strip())
    return release
