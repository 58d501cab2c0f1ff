"""The rules of the workflow: pure functions over plain values; docs/workflow.md has the table.

releases.workflow fetches for them, and is the one door through which anything changes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from releases.models.release import Stage

# action → the permission it needs, the stages it starts from, whether the text must be whole.
ACTIONS: dict[str, tuple[str, frozenset[str], bool]] = {
    "save": ("releases.change_release", frozenset(Stage.values), False),
    "restore": ("releases.change_release", frozenset(Stage.values), False),
    # Of the release that is copied: it stays as it is, and the copy begins as a draft.
    "duplicate": ("releases.add_release", frozenset(Stage.values), False),
    # Of the original, likewise: the translation begins as a draft of its own.
    "translate": ("releases.add_release", frozenset(Stage.values), False),
    "link": ("releases.change_release", frozenset(Stage.values), False),
    "catch_up": ("releases.change_release", frozenset(Stage.values), False),
    "submit": ("releases.submit_release", frozenset({Stage.DRAFT.value}), True),
    "send_back": (
        "releases.approve_release",
        frozenset({Stage.IN_REVIEW.value, Stage.APPROVED.value}),
        False,
    ),
    "approve": ("releases.approve_release", frozenset({Stage.IN_REVIEW.value}), True),
    "publish": ("releases.publish_release", frozenset({Stage.APPROVED.value}), True),
    "publish_urgently": (
        "releases.publish_release",
        frozenset({Stage.DRAFT.value, Stage.IN_REVIEW.value}),
        True,
    ),
    "take_back": ("releases.publish_release", frozenset(Stage.values), False),
    "move": ("releases.lift_release", frozenset(Stage.values), False),
    "lift": ("releases.lift_release", frozenset(Stage.values), False),
    "withdraw": ("releases.publish_release", frozenset(Stage.values), False),
    "mend_note": ("releases.publish_release", frozenset(Stage.values), False),
    "pin": ("releases.publish_release", frozenset(Stage.values), False),
    "unpin": ("releases.publish_release", frozenset(Stage.values), False),
    "place": ("releases.change_series", frozenset(Stage.values), False),
    "restrict": ("releases.change_release", frozenset(Stage.values), False),
    # Who looks after the accounts may join the named people, and is seen to: nobody is locked out
    # of a release for good when those named have left.
    "step_in": ("auth.change_user", frozenset(Stage.values), False),
    "import_published": ("releases.publish_release", frozenset({Stage.DRAFT.value}), True),
}

PUBLISHING = {"publish", "publish_urgently"}
WAITING = {"take_back", "move", "lift"}
# What may become of an edition that waits, when another is published before it.
TAKE_BACK, KEEP = "take_back", "keep"
ABOUT_EDITIONS = {*PUBLISHING, *WAITING, "withdraw", "mend_note", "pin", "unpin"}


@dataclass(frozen=True)
class Situation:
    """All that the rules of the workflow look at.

    `later` and `answer` are the wish of who publishes: at a moment to come, and what is to become
    of the edition that waits.
    """

    stage: str
    permitted: bool
    own_text: bool = False
    self_approval: bool = False
    problems: tuple[str, ...] = ()
    scheduled: bool = False
    public: bool = False
    replaced: bool = False
    unchanged: bool = False
    waits_first: bool = False
    later: bool = False
    answer: str = ""
    hidden: bool = False
    translation: bool = False
    pinned: bool = False


def refusals(action: str, now: Situation) -> list[str]:
    """Return every reason why `action` may not be done in this situation; none means it may.

    Raises KeyError for an action that ACTIONS does not list.
    """
    _permission, stages, whole = ACTIONS[action]
    found = []
    if not now.permitted:
        found.append(_("Your account has no right to do this; ask an administrator."))
    if now.hidden and action != "step_in":
        found.append(_("Only the people named for this release may do this."))
    if action == "step_in" and not now.hidden:
        found.append(_("You may see this release already."))
    if now.stage not in stages:
        found.append(
            _("This can’t be done while the release is %(stage)s.")
            % {"stage": Stage(now.stage).label}
        )
    if whole:
        found.extend(now.problems)
    if action == "approve" and now.own_text and not now.self_approval:
        found.append(_("The last change of the text is your own: somebody else has to approve it."))
    if action in PUBLISHING:
        found.extend(_beside_the_waiting(now))
    if action == "withdraw" and not now.public:
        found.append(_("Only a public release can be withdrawn."))
    if action == "withdraw" and now.scheduled:
        found.append(_("An edition is scheduled already: take that back first."))
    if action == "mend_note" and not now.replaced:
        found.append(_("Only an edition after the first has a note."))
    if action == "translate" and now.translation:
        found.append(_("This is a translation itself: translate its original."))
    if action == "catch_up" and not now.translation:
        found.append(_("This is no translation of another release."))
    if action in WAITING and not now.scheduled:
        found.append(nothing_waits(public=now.public))
    return [*found, *_about_the_pin(action, now)]


def _about_the_pin(action: str, now: Situation) -> list[str]:
    """Return the reasons against pinning or unpinning."""
    if action == "pin" and not (now.public or now.scheduled):
        return [_("Only what is public, or waits for its moment, can be pinned.")]
    if action == "unpin" and not now.pinned:
        return [_("This release is not pinned.")]
    return []


def nothing_waits(*, public: bool) -> str:
    """Say that no edition waits, and why where its moment may have come meanwhile."""
    if public:
        return _("No edition is waiting for its moment: the newest one is public already.")
    return _("No edition is waiting for its moment.")


def _beside_the_waiting(now: Situation) -> list[str]:
    """Return the reasons against a publication that lie in the editions there are."""
    found = []
    if now.scheduled and now.later:
        found.append(_("An edition is scheduled already: move it, or take it back first."))
    elif now.scheduled and now.answer not in (TAKE_BACK, KEEP):
        found.append(
            _("An edition is scheduled already: say whether to take it back or to keep it.")
        )
    elif now.waits_first and now.answer == KEEP:
        found.append(
            _("The edition that is scheduled already is the first: it can only be taken back.")
        )
    if now.answer and not now.scheduled:
        found.append(nothing_waits(public=now.public))
    if now.unchanged and now.scheduled:
        found.append(
            _("An edition, public or waiting, has this very text: there is nothing new to publish.")
        )
    elif now.unchanged:
        found.append(_("The public edition has this very text: there is nothing new to publish."))
    return found
