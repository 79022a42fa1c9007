"""The way out to a provider: to the world, but into the operator's network only where the site's configuration says so.

A connection is looked at when it stands and before anything is sent over it, so that neither a spelling of an address
nor a name that changes its address leads inside. Knows no site; the allowed hosts are given.
"""

import ipaddress
from typing import Any

from requests import Session
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_STANDS_FOR_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_NEVER_PUBLIC = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "fec0::/10", "5f00::/16", "3fff::/20")))


class ForbiddenAddress(Exception):
    """A host leads into a private network, or could be listened to on the way."""


def is_public(address: str) -> bool:
    """Tell whether an IP address, in whatever spelling, is one that everybody may call."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in network for network in _NEVER_PUBLIC):
            return False
        found = _ipv4_in(found) or found
    return found.is_global and not found.is_multicast


def _ipv4_in(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in _STANDS_FOR_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def session(inside: frozenset[str]) -> Session:
    """Return a `requests` session that calls public addresses over TLS, and hosts of `inside` in any way.

    Its calls raise ForbiddenAddress for others. Proxies and passwords of the environment are not used.
    """
    made = Session()
    made.trust_env = False
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Guarded(inside))
    return made


class _Guarded(HTTPAdapter):
    def __init__(self, inside: frozenset[str]):
        self.inside = inside
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self.inside)


def _pools(inside: frozenset[str]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> Any:
            return _looked_at(super()._new_conn(), self.host, inside, is_secret=False)

    class Tls(HTTPSConnection):
        def _new_conn(self) -> Any:
            return _looked_at(super()._new_conn(), self.host, inside, is_secret=True)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


def _looked_at(connected: Any, host: str, inside: frozenset[str], *, is_secret: bool) -> Any:
    """Return a socket that leads where it may; close any other."""
    address = str(connected.getpeername()[0])
    if {host.lower(), address} & inside or (is_secret and is_public(address)):
        return connected
    connected.close()
    raise ForbiddenAddress(host)
