"""Calls to addresses that others chose: out into the world, but not into the operator's network.

`session` is for an address that people of a site wrote down. `session_for` is for an address that an app's code names,
which may well be inside; where that sends the call on to was chosen by somebody else again. Every connection is looked
at when it stands and before anything is sent over it, so that neither a redirect nor a name that changes its address
leads inside.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest, Request, Session
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from frappe.exceptions import ValidationError
from frappe.utils.requests import patience

PRIVATE_HOSTS = "outgoing_private_hosts"
"""Key of the configuration: names and addresses inside that may be called all the same."""


_LAST_BITS_ARE_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_NOT_PUBLIC = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "fec0::/10", "5f00::/16", "3fff::/20")))
"""Translation, site-local, segment-routing and documentation networks, which the standard library takes for public."""
_METADATA = ("fd00:ec2::254", "100.100.100.200")
"""Metadata services of clouds outside of the link-local networks."""


class PrivateAddressError(ValidationError):
    """A URL leads into a private network."""


def session() -> Session:
    """Return a `requests` session that calls public addresses, and those in the site's `outgoing_private_hosts`.

    Its calls raise PrivateAddressError for others. Proxies of the environment are not used.
    """
    made = Session()
    made.trust_env = False
    made.mount("http://", _PublicAdapter())
    made.mount("https://", _PublicAdapter())
    return made


def session_for(url: str, max_retries: int = 5) -> Session:
    """Return a `requests` session that calls `url`, inside or outside, and other public addresses.

    The host of `url` is the caller's responsibility; only the addresses at which clouds tell machines their secrets are
    refused. Other hosts, as in redirects, are called as by `session`. Proxies of the environment are used.
    """
    made, retries = Session(), patience(max_retries)
    named = urlsplit(str(Request("GET", url).prepare().url))
    for scheme in ("http://", "https://"):
        made.mount(scheme, _PublicAdapter(max_retries=retries))
    made.mount(f"{named.scheme}://{named.netloc}/", _NamedAdapter(max_retries=retries))
    return made


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that everybody may call."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in network for network in _NOT_PUBLIC):
            return False
        found = _translated(found) or found
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, where gateways translate it."""
    if any(address in network for network in _LAST_BITS_ARE_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def allowed_hosts() -> frozenset[str]:
    """Return the private hosts that the operator lets be called, in lower case."""
    from frappe.context import local

    return frozenset(str(host).lower() for host in local.conf.get(PRIVATE_HOSTS) or ())


def is_link_local(address: str) -> bool:
    """Tell whether an IP address reaches the machine's own link only, as the metadata services of clouds do."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = _translated(found) or found
    return found.is_link_local or str(found) in _METADATA


def _pools(may_be_called: Callable[[str], bool]) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's pools whose connections lead only where `may_be_called` or the operator says."""

    class Connection(HTTPConnection):
        def _new_conn(self) -> Any:
            return _looked_at(super()._new_conn(), self.host, may_be_called)

    class TlsConnection(HTTPSConnection):
        def _new_conn(self) -> Any:
            return _looked_at(super()._new_conn(), self.host, may_be_called)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": Pool, "https": TlsPool}


class _Adapter(HTTPAdapter):
    pools: dict[str, type[HTTPConnectionPool]]

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        if urlsplit(str(request.url)).scheme not in ("http", "https"):
            raise ValidationError("Only http and https addresses can be called.")
        return super().send(request, *args, **kwargs)


class _PublicAdapter(_Adapter):
    pools = _pools(is_public)


class _NamedAdapter(_Adapter):
    pools = _pools(lambda address: not is_link_local(address))


def _looked_at(connected: Any, host: str, may_be_called: Callable[[str], bool]) -> Any:
    """Return a socket that leads where it may; close any other."""
    address = str(connected.getpeername()[0])
    if may_be_called(address) or {host.lower(), address} & allowed_hosts():
        return connected
    connected.close()
    raise PrivateAddressError(f"{host} is an address of a private network, which this site does not call.")
