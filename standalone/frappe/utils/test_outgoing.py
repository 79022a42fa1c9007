"""Addresses that lead inside are recognised in every spelling."""

import pytest
import requests

import frappe
from frappe.utils.outgoing import PrivateAddressError, is_public, session


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe", "2002:7f00:1::", "ff02::1",
        "64:ff9b::169.254.169.254", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:0:127.0.0.1",
        "fec0::1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]"])
def test_every_spelling_of_this_machine_is_refused(site: object, host: str) -> None:
    from werkzeug.serving import make_server

    server = make_server("::1" if "::" in host else "127.0.0.1", 0, lambda environ, start: [])
    try:
        with pytest.raises((PrivateAddressError, requests.ConnectionError)) as raised:
            session().get(f"http://{host}:{server.server_port}/", timeout=2)
        assert isinstance(raised.value, frappe.ValidationError) or host == "localhost"
    finally:
        server.server_close()


def test_other_schemes_are_refused(site: object) -> None:
    with pytest.raises((frappe.ValidationError, requests.exceptions.InvalidSchema)):
        session().get("file:///etc/passwd")
