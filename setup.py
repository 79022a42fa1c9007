"""For builds and benches: everything is in pyproject.toml, except that a wheel carries the built desk."""

import shutil
import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
DESK = ROOT / "desk"
BUILT = ROOT / "helpdesk" / "public" / "desk" / "index.html"


class BuildWithDesk(build_py):
    """Build the desk first where it is missing. An installation in place does without: `bench build` makes it there."""

    def run(self) -> None:
        if not self.editable_mode and not BUILT.exists():
            build_desk()
        super().run()


def build_desk() -> None:
    """Build the desk with Node. Raises SystemExit with what to do when that is not possible."""
    npm = shutil.which("npm")
    if not npm or not (DESK / "package-lock.json").exists():
        raise SystemExit("The desk is not built and cannot be built here: install Node.js 20 or newer with npm.")
    for command in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([npm, *command], cwd=DESK, check=True)


setup(cmdclass={"build_py": BuildWithDesk})
