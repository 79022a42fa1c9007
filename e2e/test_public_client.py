"""What integrations are written with works as on any Frappe site: `frappe-js-sdk`, with an API key."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from e2e.product import Product
from e2e.rest import Rest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not (ROOT / "desk/node_modules").exists(), reason="The desk's packages are missing")


def test_the_javascript_client_leads_a_ticket_through_its_life(product: Product, admin: Rest) -> None:
    keys = admin.call("frappe.core.doctype.user.user.generate_keys", user="Administrator")
    run = subprocess.run(
        ["node", str(ROOT / "e2e/public_client.mjs"), product.url, keys["api_key"], keys["api_secret"]],
        cwd=ROOT / "desk",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    name = seen.pop("name")
    assert seen == {
        "caller": "Administrator",
        "priority": "High",
        "subject": "Changed by a client",
        "listed": [{"name": name, "priority": "High"}],
        "count": 1,
        "last": name,
        "attached": str(name),
        "called": True,
        "gone": 404,
    }
