"""Sets up everything `./start` and `./test` need, on a bare machine and again on a warm one.

Standard library only: this runs before anything is installed. Each step leaves a stamp with the fingerprint of what it
was made from, so that a second run does nothing. A step that fails ends the program with a sentence that says what to
do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DESK = ROOT / "desk"
BUILT_DESK = ROOT / "helpdesk" / "public" / "desk"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def fail(sentence: str) -> NoReturn:
    """End the program with one sentence that says what to do."""
    print(f"\n✗ {sentence}", file=sys.stderr)
    raise SystemExit(1)


def step(title: str, work: Callable[[], bool]) -> None:
    """Run one step and say what it did; `work` returns False when there was nothing to do."""
    print(f"• {title} … ", end="", flush=True)
    begin = time.monotonic()
    done = work()
    print(f"done in {time.monotonic() - begin:.1f} s" if done else "up to date", flush=True)


def run(command: Sequence[str | Path], *, cwd: Path = ROOT, advice: str, env: dict[str, str] | None = None) -> None:
    """Run a command quietly; when it fails, show what it said and end with `advice`."""
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode:
        print("\n" + finished.stdout[-6000:], file=sys.stderr)
        fail(advice)


# -- fingerprints -----------------------------------------------------------------------------------------------------


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one hash over the names and contents of files (folders: all files below)."""
    digest = hashlib.sha256()
    for path in sorted(_files(paths)):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (item for item in path.rglob("*") if item.is_file() and "node_modules" not in item.parts)


def is_stamped(name: str, mark: str) -> bool:
    """Tell whether step `name` was last done with this fingerprint."""
    path = STAMPS / name
    return path.exists() and path.read_text() == mark


def stamp(name: str, mark: str) -> None:
    """Record that step `name` was done with this fingerprint."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(mark)


# -- Debian's packages ------------------------------------------------------------------------------------------------


def is_root_on_debian() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


_apt_updated = False


def apt_install(*packages: str) -> bool:
    """Install Debian packages when we may; return whether they are there now."""
    global _apt_updated
    if not is_root_on_debian():
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    environment = {**os.environ, **quiet}
    if not _apt_updated:
        subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL, check=False)
        _apt_updated = True
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    finished = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return finished.returncode == 0


# -- Python -----------------------------------------------------------------------------------------------------------


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        fail(f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}.")


def ensure_python(*, for_tests: bool = False) -> None:
    """Make the virtual environment with the pinned packages and our own two, installed in place."""
    check_python()
    lists = [ROOT / "requirements.txt", *([ROOT / "requirements-dev.txt"] if for_tests else [])]
    own = [ROOT / "pyproject.toml", ROOT / "standalone" / "pyproject.toml"]
    mark = fingerprint([*lists, *own]) + sys.version
    name = "python-dev" if for_tests else "python"

    def work() -> bool:
        if PYTHON.exists() and is_stamped(name, mark):
            return False
        _make_venv()
        advice = "Python packages could not be installed: check the network or the package index, then run this again."
        listed = [argument for path in lists for argument in ("-r", str(path))]
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, *listed], advice=advice)
        run([*pip, "--no-deps", "--no-build-isolation", "-e", "standalone", "-e", "."], advice=advice)
        stamp(name, mark)
        return True

    step("Python packages (.venv)", work)


def _make_venv() -> None:
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], check=False, capture_output=True).returncode == 0
    ):
        return
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if apt_install(version):
        run(command, advice="The virtual environment could not be made.")
        return
    fail(f"Python cannot make virtual environments here: install the package {version}, then run this again.")


# -- the desk ---------------------------------------------------------------------------------------------------------


def check_node() -> None:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        fail(f"Node.js {OLDEST_NODE} or newer with npm is needed to build the desk: install it, then run this again.")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        fail(f"Node.js {OLDEST_NODE} or newer is needed to build the desk; this is {version}.")


def ensure_desk_packages() -> None:
    mark = fingerprint([DESK / "package.json", DESK / "package-lock.json"])

    def work() -> bool:
        if (DESK / "node_modules").is_dir() and is_stamped("desk-packages", mark):
            return False
        check_node()
        advice = (
            "The desk's packages could not be installed: check the network or the npm registry, then run this again."
        )
        run(["npm", "ci", "--no-audit", "--no-fund"], cwd=DESK, advice=advice)
        stamp("desk-packages", mark)
        return True

    step("desk packages (node_modules)", work)


def desk_sources() -> list[Path]:
    names = ("src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")
    return [DESK / name for name in names]


def ensure_desk() -> None:
    """Build the desk into the app's public folder, when its sources changed."""
    mark = fingerprint(desk_sources())
    if (BUILT_DESK / "index.html").exists() and is_stamped("desk", mark):
        step("desk (built)", lambda: False)
        return
    ensure_desk_packages()

    def work() -> bool:
        run(["npm", "run", "build"], cwd=DESK, advice="The desk could not be built; what the build said is above.")
        stamp("desk", mark)
        return True

    step("desk (building)", work)
