"""The files in deploy/ call commands and name settings that exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from frappe.cli import cli
from frappe.config import ENVIRONMENT_KEYS

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
OTHER_VARIABLES = {"FRAPPE_SITE", "FRAPPE_ADMIN_PASSWORD", "FRAPPE_DB_ROOT_PASSWORD"}


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def procfile() -> dict[str, str]:
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    told = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {name: command for name, _, command in told}


def units() -> dict[str, str]:
    found = {path.name: path.read_text() for path in (DEPLOY / "systemd").glob("*.service")}
    return {name: re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)[0] for name, text in found.items()}


def commands() -> dict[str, str]:
    """Every command of ours in any of the files, by where it stands."""
    ours = {name: part for name, part in compose()["services"].items() if part.get("image") == "helpdesk"}
    found = {f"compose {name}": str(part["command"]) for name, part in ours.items()}
    found |= {f"Procfile {name}": command for name, command in procfile().items()}
    return found | {f"systemd {name}": command for name, command in units().items()}


@pytest.mark.parametrize("place", commands())
def test_commands_exist_and_take_their_options(place: str) -> None:
    filled = re.sub(r"\$\{\w+(:[-?]([^}]*))?\}|%i", lambda match: match.group(2) or "short", commands()[place])
    program, *words = shlex.split(filled)
    if program.endswith("gunicorn"):
        assert words[-1] == "frappe.app:application"
        return
    assert program.endswith("frappe")
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None
    command.make_context(words[0], words[1:], obj={"sites": [], "verbose": False, "force": False})


def test_variables_of_the_composition_are_read() -> None:
    parts = [part for part in compose()["services"].values() if part.get("image") == "helpdesk"]
    named = {name for part in parts for name in part["environment"] if name.startswith("FRAPPE_")}
    assert named <= OTHER_VARIABLES | {f"FRAPPE_{key.upper()}" for key in ENVIRONMENT_KEYS}


def test_everything_the_composition_depends_on_is_in_it() -> None:
    whole = compose()
    for part in whole["services"].values():
        assert set(part.get("depends_on", {})) <= set(whole["services"])
        mounted = [place.partition(":")[0] for place in part.get("volumes", [])]
        for place in mounted:
            assert place in whole["volumes"] or (DEPLOY / place).exists(), place


def test_every_kind_of_process_is_in_each_file() -> None:
    wanted = {"gunicorn", "serve", "worker", "schedule"}
    for kind in ("compose", "Procfile", "systemd"):
        told = " ".join(command for place, command in commands().items() if place.startswith(kind))
        assert wanted <= set(re.findall(r"[a-z]+", told)), kind


def test_the_image_copies_what_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is missing")
def test_units_are_what_systemd_expects(tmp_path: Path) -> None:
    for path in (DEPLOY / "systemd").iterdir():
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text.replace("User=helpdesk\n", ""))
    names = sorted(str(path).replace("@.", "@short.") for path in tmp_path.iterdir())
    said = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if "helpdesk" in line] == []
