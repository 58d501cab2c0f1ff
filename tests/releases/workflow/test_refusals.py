"""The rules as a truth table: every action in every situation, and every reason against it."""

from dataclasses import replace
from itertools import product

import pytest

from releases.rules import ACTIONS, Situation, refusals

STAGES = ("draft", "in_review", "approved")
FLAGS = (
    "permitted", "own_text", "self_approval", "scheduled", "public", "replaced", "unchanged",
    "later", "hidden", "pinned", "translation",
)  # fmt: skip
PROBLEM = "Write a headline."

#: By words that stand in one sentence only.
REASONS = {
    "right": "no right",
    "stage": "can’t be done while",
    "problem": PROBLEM,
    "own": "somebody else has to approve",
    "scheduled": "take that back first",
    "later": "move it, or take it back first",
    "unanswered": "say whether to take it back or to keep it",
    "first": "it can only be taken back",
    "unchanged": "nothing new",
    "waiting": "No edition is waiting",
    "public": "Only a public release",
    "second": "after the first has a note",
    "named": "Only the people named",
    "pinnable": "can be pinned",
    "pinned": "is not pinned",
    "seen": "may see this release already",
    "original": "translate its original",
    "no translation": "no translation of another",
}

#: The table: the stages that an action starts from, and whether the text must be whole.
TABLE = {
    "save": (STAGES, False),
    "restore": (STAGES, False),
    "duplicate": (STAGES, False),
    "translate": (STAGES, False),
    "link": (STAGES, False),
    "catch_up": (STAGES, False),
    "submit": (("draft",), True),
    "send_back": (("in_review", "approved"), False),
    "approve": (("in_review",), True),
    "publish": (("approved",), True),
    "publish_urgently": (("draft", "in_review"), True),
    "take_back": (STAGES, False),
    "move": (STAGES, False),
    "lift": (STAGES, False),
    "withdraw": (STAGES, False),
    "mend_note": (STAGES, False),
    "pin": (STAGES, False),
    "unpin": (STAGES, False),
    "place": (STAGES, False),
    "restrict": (STAGES, False),
    "step_in": (STAGES, False),
    "import_published": (("draft",), True),
}

FINE = {action: Situation(stages[0], permitted=True) for action, (stages, _) in TABLE.items()}
FINE["mend_note"] = replace(FINE["mend_note"], replaced=True)
for waiting in ("take_back", "move", "lift"):
    FINE[waiting] = replace(FINE[waiting], scheduled=True)
FINE["withdraw"] = replace(FINE["withdraw"], public=True)
FINE["pin"] = replace(FINE["pin"], public=True)
FINE["unpin"] = replace(FINE["unpin"], pinned=True)
FINE["catch_up"] = replace(FINE["catch_up"], translation=True)
FINE["step_in"] = replace(FINE["step_in"], hidden=True)


def expected(action: str, now: Situation) -> set[str]:
    """The reasons against an action, read from the table."""
    stages, whole = TABLE[action]
    publishing = action in ("publish", "publish_urgently")
    against = {
        "right": not now.permitted,
        "stage": now.stage not in stages,
        "problem": whole and bool(now.problems),
        "own": action == "approve" and now.own_text and not now.self_approval,
        "scheduled": action == "withdraw" and now.scheduled,
        "original": action == "translate" and now.translation,
        "no translation": action == "catch_up" and not now.translation,
        "later": publishing and now.scheduled and now.later,
        "unanswered": publishing and now.scheduled and not now.later and not now.answer,
        "first": publishing and now.waits_first and not now.later and now.answer == "keep",
        "unchanged": publishing and now.unchanged,
        "public": action == "withdraw" and not now.public,
        "second": action == "mend_note" and not now.replaced,
        "waiting": not now.scheduled
        and (action in ("take_back", "move", "lift") or (publishing and now.answer)),
        "pinnable": action == "pin" and not (now.public or now.scheduled),
        "pinned": action == "unpin" and not now.pinned,
        "named": action != "step_in" and now.hidden,
        "seen": action == "step_in" and not now.hidden,
    }
    return {reason for reason, holds in against.items() if holds}


def situations() -> list[Situation]:
    """Every situation there is."""
    return [
        Situation(
            stage,
            problems=problems,
            answer=answer,
            waits_first=first,
            **dict(zip(FLAGS, flags, strict=True)),
        )
        for stage in STAGES
        for problems in ((), (PROBLEM,))
        for answer in ("", "take_back", "keep")
        for flags in product([True, False], repeat=len(FLAGS))
        for first in {False, flags[FLAGS.index("scheduled")]}
    ]


def named(sentences: list[str]) -> list[str]:
    """Each sentence by its name in the table."""
    return [next(name for name, words in REASONS.items() if words in s) for s in sentences]


def test_the_table_has_every_action():
    assert TABLE.keys() == ACTIONS.keys()


@pytest.mark.parametrize("action", TABLE)
def test_every_situation(action):
    for now in situations():
        found = named(refusals(action, now))
        assert len(found) == len(set(found))
        assert set(found) == expected(action, now), now


@pytest.mark.parametrize("action", TABLE)
def test_each_action_is_possible_somewhere(action):
    assert refusals(action, FINE[action]) == []


def test_all_reasons_are_given_not_the_first():
    now = Situation("draft", permitted=False, own_text=True, problems=(PROBLEM, "Write the text."))
    assert len(refusals("approve", now)) == 5


@pytest.mark.parametrize("answer", ["take_back", "keep"])
def test_an_answer_lets_another_edition_go_before_the_one_that_waits(answer):
    now = Situation("approved", permitted=True, scheduled=True, public=True)
    assert named(refusals("publish", now)) == ["unanswered"]
    assert named(refusals("publish", replace(now, answer="whatever"))) == ["unanswered"]
    assert refusals("publish", replace(now, answer=answer)) == []


def test_a_moment_that_has_come_is_told():
    for action in ("take_back", "move", "lift"):
        [said] = refusals(action, Situation("approved", permitted=True, public=True))
        assert "public already" in said


def test_a_refusal_says_the_stage():
    (said,) = refusals("publish", Situation("in_review", permitted=True))
    assert "in review" in said


def test_an_unknown_action_is_a_mistake():
    with pytest.raises(KeyError):
        refusals("delete", Situation("draft", permitted=True))
