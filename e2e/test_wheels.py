"""The two wheels alone, without Node and without the checkout, are the whole product."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.product import PASSWORD, ROOT, Product
from e2e.rest import Rest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both wheels, built as anybody would."""
    folder = tmp_path_factory.mktemp("dist")
    for source in (ROOT, ROOT / "standalone"):
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(source)]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    return sorted(folder.glob("*.whl"))


@pytest.fixture
def environment(wheels: list[Path], tmp_path: Path) -> Path:
    """An empty virtual environment with the wheels; what they depend on is lent by the one of the tests."""
    folder = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = ["-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, *install, *map(str, wheels)], check=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def product(environment: Path, tmp_path: Path) -> Iterator[Product]:
    """What `frappe start` serves."""
    product = Product(tmp_path / "bench")
    frappe = environment / "bin" / "frappe"
    command = [str(frappe), "start", "--data", str(product.bench), "--port", str(product.port)]
    tools = tmp_path / "tools"  # a machine without Node
    tools.mkdir()
    (tools / "python3").symlink_to(environment / "bin" / "python3")
    variables = {"PATH": str(tools), "HOME": str(tmp_path), "FRAPPE_ADMIN_PASSWORD": PASSWORD}
    assert shutil.which("node", path=str(tools)) is None
    product.run(command, env=variables, cwd=tmp_path)
    yield product
    product.stop()


def test_the_app_brings_its_desk_and_its_records(wheels: list[Path]) -> None:
    app = next(path for path in wheels if path.name.startswith("helpdesk-"))
    names = zipfile.ZipFile(app).namelist()
    assert "helpdesk/public/desk/index.html" in names
    assert "helpdesk/helpdesk/doctype/hd_ticket/hd_ticket.json" in names
    assert any(name.startswith("helpdesk/public/desk/assets/") and name.endswith(".js") for name in names)
    assert not any(name.startswith(("e2e/", "desk/", "standalone/")) for name in names)


def test_one_command_serves_the_product(product: Product) -> None:
    api = Rest(product.url).sign_in("Administrator", PASSWORD)
    ticket = api.insert("HD Ticket", subject="From a wheel")
    assert api.get("HD Ticket", ticket["name"])["status"] == "Open"
    page = api.http.get(f"{product.url}/helpdesk")
    script = page.text.partition('src="/assets/')[2].partition('"')[0]
    assert api.http.get(f"{product.url}/assets/{script}").status_code == 200
    assert (product.bench / "apps" / "helpdesk" / "helpdesk" / "hooks.py").exists()
