"""The websocket side of the web server."""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A websocket that may be closing already when the server ends.

    uvicorn sends every open websocket a close frame. For one that its browser is closing at that moment this is an
    InvalidState, which would end the whole shutdown with a traceback; there is nothing left to say to it.
    """

    def shutdown(self) -> None:
        try:
            super().shutdown()
        except InvalidState:
            self.transport.close()
