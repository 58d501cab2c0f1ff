"""A clock that is put back: the newsroom's time stands still, and goes on when it is right.

The database's clock is nobody's to move here, so that these tests stay around the real time. The
same with real processes: tests/soak/test_clock_back.py.
"""

from datetime import timedelta

import time_machine
from django.core.management import call_command
from django.utils import timezone

from cepr_press import generation, mark
from cepr_press.models import Generation
from releases import timekeeping, workflow
from releases.models import Release
from tests.cepr_press.test_page_cache import app, ask
from tests.cepr_press.test_status import shown
from tests.forms import page_of
from tests.make import make_approved, make_approved_again, make_edition, make_user
from tests.releases.desk.steps import signed_in

__all__ = ["app"]
HOUR = timedelta(hours=1)


def published(**fields):
    """Return the first edition of a release that is published now."""
    release = make_approved(**fields)
    return workflow.publish(release.pk, make_user("publisher"), release.version)


def put_back():
    """Put the clock of this process back by an hour."""
    return time_machine.travel(timezone.now() - HOUR)


def kept():
    return Generation.objects.values_list("mark", flat=True).get()


def asked_anew(app, path):
    """Ask as one who comes half a second later."""
    app.checked = 0.0
    return ask(app, path)


def test_time_is_the_clock_s_while_nothing_is_known_or_all_is_past():
    with time_machine.travel(0, tick=False):
        assert timekeeping.now() == timezone.now()
        timekeeping.known.mark = timezone.now() - HOUR
        assert timekeeping.now() == timezone.now()
        assert timekeeping.behind() == timedelta()


def test_time_stands_just_after_the_mark_until_the_clock_gets_there():
    with time_machine.travel(0, tick=False) as clock:
        timekeeping.known.mark = moment = timezone.now() + HOUR
        assert timekeeping.now() == moment + timekeeping.TICK
        assert timekeeping.behind() == HOUR
        clock.shift(2 * HOUR)
        assert timekeeping.now() == moment + HOUR
        assert timekeeping.behind() == timedelta()


def test_what_readers_saw_begin_and_end_stays_so(app):
    edition, gone = published(headline="Begun Words"), published(headline="Gone Words")
    release = Release.objects.get(pk=gone.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    addresses = edition.get_absolute_url(), gone.get_absolute_url()
    assert [ask(app, path).status for path in (*addresses, "/")] == [200, 410, 200]
    with put_back():
        # Kept, and never asked for before.
        assert [ask(app, path).status for path in addresses] == [200, 410]
        for path in ("/", "/releases/", "/feed.atom"):
            text = ask(app, path).text
            assert "Begun Words" in text
            assert "Gone Words" not in text


def test_an_act_counts_at_once_and_comes_after_what_was_there(app):
    edition = published(headline="First Words")
    path = edition.get_absolute_url()
    asked_anew(app, path)
    with put_back():
        for turn in ("Second Words", "Third Words"):
            asked_anew(app, path)
            release = make_approved_again(edition, headline=turn)
            reason = (None, "correction", "A figure was wrong.")
            workflow.publish(release.pk, make_user("publisher"), release.version, *reason)
            assert turn in asked_anew(app, path).text
    spans = list(edition.release.editions.order_by("number").values_list("public_from", flat=True))
    assert spans == sorted(set(spans))
    assert kept() == spans[-1]


def test_a_planned_moment_that_readers_are_past_is_refused_with_the_reason(app, publisher):
    release = make_approved()
    ask(app, published().get_absolute_url())
    with put_back():
        ask(app, "/")
        address = f"/desk/releases/release/{release.pk}/publish/"
        client = signed_in(publisher)
        at = timezone.now() + HOUR / 2
        sent = {"at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M}", "at_2": "UTC"}
        answer = client.post(address, {"seen": release.version, "when": "later", **sent})
        assert "The clock of this machine was put back" in answer.content.decode()
    assert not release.editions.exists()


def test_staff_are_told_and_administrators_what_to_do(app, administrator, writer):
    ask(app, published().get_absolute_url())
    ask(app, "/")
    assert clock_notice(writer) == []
    with put_back():
        ask(app, "/")
        (sentence,) = clock_notice(writer)
        assert sentence.startswith("The clock of this machine was put back: it says ")
        assert "The clock of this machine is behind" in shown(administrator)[1][0]
    assert clock_notice(writer) == []


def clock_notice(user) -> list[str]:
    """What the desk's front page tells everybody."""
    found = page_of(signed_in(user).get("/desk/")).find_class("notice")
    return [one.text_content() for one in found]


def test_one_machine_whose_clock_is_ahead_does_not_take_the_others_along(db):
    mark.keep(timezone.now())
    assert kept() is None  # Nothing was ever published.
    begun = make_edition().public_from
    make_edition(timezone.now() + HOUR)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        mark.keep(timekeeping.now())
    assert kept() is None
    mark.keep(timekeeping.now())
    assert kept() == begun


def test_the_mark_never_goes_back_by_itself(db):
    late = timezone.now() - HOUR
    generation.put_mark(late)
    generation.put_mark(late - HOUR)
    assert kept() == late
    # An act while time stands still.
    generation.put_mark(late + timekeeping.TICK)
    assert kept() == late + timekeeping.TICK


def test_the_operator_can_have_the_clock_believed(app, capsys):
    path = published().get_absolute_url()
    ask(app, path)
    with put_back():
        assert ask(app, path).status == 200
        call_command("trust_clock")
        app.store.answers.clear()
        assert asked_anew(app, path).status == 404
        call_command("trust_clock")
    said = capsys.readouterr().out
    assert said.startswith("Forgotten: ")
    assert said.endswith("There was nothing to forget.\n")
