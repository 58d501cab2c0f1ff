"""The rules of the workflow: pure functions over plain values; docs/workflow.md has the table.

releases.workflow fetches for them, and is the one door through which anything changes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from releases.models.release import Stage

# action → the permission it needs, the stages it starts from, whether the text must be whole.
ACTIONS: dict[str, tuple[str, frozenset[str], bool]] = {
    "save": ("releases.change_release", frozenset(Stage.values), False),
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
    "withdraw": ("releases.publish_release", frozenset(Stage.values), False),
    "restrict": ("releases.change_release", frozenset(Stage.values), False),
    # Who looks after the accounts may join the named people, and is seen to: nobody is locked out
    # of a release for good when those named have left.
    "step_in": ("auth.change_user", frozenset(Stage.values), False),
    "import_published": ("releases.publish_release", frozenset({Stage.DRAFT.value}), True),
}

PUBLISHING = {"publish", "publish_urgently"}


@dataclass(frozen=True)
class Situation:
    """All that the rules of the workflow look at."""

    stage: str
    permitted: bool
    own_text: bool = False
    self_approval: bool = False
    problems: tuple[str, ...] = ()
    scheduled: bool = False
    public: bool = False
    unchanged: bool = False
    hidden: bool = False


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
    if action in PUBLISHING and now.scheduled:
        found.append(_("An edition is scheduled already: take that back first."))
    if action in PUBLISHING and now.unchanged:
        found.append(_("The public edition has this very text: there is nothing new to publish."))
    if action == "withdraw" and not now.public:
        found.append(_("Only a public release can be withdrawn."))
    if action == "withdraw" and now.scheduled:
        found.append(_("An edition is scheduled already: take that back first."))
    if action == "take_back" and not now.scheduled:
        found.append(_("No edition is waiting for its moment."))
    return found
