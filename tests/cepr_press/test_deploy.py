"""The files below deploy/: every name in them is one that the code knows, and none is missing."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.cepr_press.test_settings import ROOT, check, setting
from tests.selection import long_but

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
VARIABLE = re.compile(r"^#?(PRESS_[A-Z0-9_]+)=(.*)$", re.M)
FILLED = {
    "PRESS_SECRET_KEY": "9Wq-only-for-this-test-X7u2mVtRk4Lz0cYpN8sBdGhJfQaE3iO6",
    "PRESS_OFFICE_PHONE": "+12025550123",
    "PRESS_OFFICE_EMAIL": "office@press.example.org",
    "PRESS_DONATION_HOSTS": "donate.press.example.org",
}


def read_by_settings() -> set[str]:
    """Every variable that the settings read."""
    tree = ast.parse((ROOT / "cepr_press" / "settings.py").read_text())
    words = {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}
    return {one for one in words if isinstance(one, str) and re.fullmatch("PRESS_[A-Z0-9_]+", one)}


def example() -> dict[str, str]:
    return dict(VARIABLE.findall((DEPLOY / "press.env.example").read_text()))


def test_the_example_has_every_variable_and_no_other():
    assert len(read_by_settings()) > 25
    assert set(example()) == read_by_settings()


def test_the_guide_has_every_variable_and_no_other():
    rows = re.findall(r"^\| `(PRESS_[A-Z0-9_]+)`", (ROOT / "docs/operation.md").read_text(), re.M)
    assert sorted(rows) == sorted(read_by_settings())


def shipped() -> dict[str, str]:
    """What the example sets, with what has to be filled in."""
    text = (DEPLOY / "press.env.example").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {**dict(line.split("=", 1) for line in lines), **FILLED}


def test_a_site_with_the_shipped_settings_passes_every_check(tmp_path):
    variables = shipped() | {"PRESS_VAR": str(tmp_path)}
    done = check(tmp_path, "--deploy", "--fail-level", "DEBUG", **variables)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    expression = "s.PRODUCTION, s.DATABASES['default']['NAME'], s.LOG_FORMAT"
    assert setting(tmp_path, expression, **variables) == "True press json"


@pytest.mark.parametrize("name", long_but(sorted(FILLED), "PRESS_OFFICE_PHONE"))
def test_what_has_to_be_filled_in_is_asked_for(tmp_path, name):
    variables = shipped() | {name: "", "PRESS_VAR": str(tmp_path)}
    done = check(tmp_path, "--deploy", "--fail-level", "WARNING", **variables)
    assert done.returncode != 0
    assert name in done.stderr


def commands(text: str) -> set[str]:
    """The commands of manage.py that a file runs."""
    return set(re.findall(r'manage\.py"?,?\s+"?([a-z_]+)', text))


def test_units_run_commands_that_there_are():
    run = {name for one in UNITS for name in commands(one.read_text())}
    run |= {
        name
        for one in UNITS
        for name in re.findall(r"^Unit=press-task@(\w+)\.service$", one.read_text(), re.M)
    }
    assert {"clearsessions", "sweep_files", "check_archive"} <= run
    assert run <= get_commands().keys()


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_units_name_files_and_units_that_there_are(unit):
    text, names = unit.read_text(), {one.name for one in UNITS}
    for path in re.findall(r"bin/\w+\.py", text):
        assert (ROOT / path).is_file()
    for other in re.findall(r"^Unit=(\S+)$", text, re.M):
        assert other in names or re.sub(r"@\w+", "@", other) in names
    if unit.suffix == ".timer" and "@" in unit.name:
        assert f"Unit={unit.stem}.service" in text


@pytest.mark.parametrize(
    "unit", [one for one in UNITS if one.suffix == ".service"], ids=lambda one: one.name
)
def test_each_service_is_as_closed_as_the_others(unit):
    def sandbox(one: Path) -> set[str]:
        lines = one.read_text().partition("# What it may not do")[2].splitlines()[1:]
        return {line for line in lines if line and not line.startswith(("[", "WantedBy="))}

    application = sandbox(DEPLOY / "systemd" / "press@.service")
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict"} <= application
    assert sandbox(unit) == application


def test_the_containers_mount_and_run_what_there_is():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    made_by_the_operator = {"./tls", "./press.env", "./database-password"}
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            there = source in compose["volumes"] or (DEPLOY / source).exists()
            assert there or source in made_by_the_operator, volume
        assert service.get("network_mode") in (None, "service:front")
        for needed in service.get("depends_on", {}):
            assert needed in services
    ours = [one for one in services.values() if one["image"] == "press"]
    assert len(ours) == 4
    for service in ours:
        run = [*service.get("entrypoint", []), *service["command"]]
        assert (ROOT / run[1]).is_file()
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
    ports = {one["command"][2] for one in ours if "bin/server.py" in one["command"]}
    nginx = (DEPLOY / "nginx.conf").read_text()
    assert ports == set(re.findall(r"server 127\.0\.0\.1:(\d+)", nginx)) == {"8000", "8001"}


def test_the_image_holds_no_secret_and_runs_as_nobody_in_particular():
    left_out = (ROOT / ".containerignore").read_text().split()
    assert {"deploy", "var", ".git", "tests"} <= set(left_out)
    assert (ROOT / ".dockerignore").read_text().split() == left_out
    text = (DEPLOY / "Containerfile").read_text()
    last = text[text.rindex("\nFROM ") :]
    assert "\nUSER press\n" in last
    variables = set(re.findall(r"PRESS_[A-Z]+", text))
    assert variables <= read_by_settings()
    for path in set(re.findall(r"(?:bin/\w+|manage)\.py", text)):
        assert (ROOT / path).is_file()
