"""The socket server: rooms, who may be in them, and the events of clients.

    bus         how records reach the server: in this process, from another process, through Redis
    redis_bus   records and presence between the processes of a site, on any machine
    access      who a connection belongs to and what that user may follow, answered by the application itself
    server      the Socket.IO server of the embedded profile and the framework's own client events
    handlers    what apps add

An app adds client events with the hook `socketio_handlers` in its `hooks.py`:

    socketio_handlers = {
        "view_ticket": "helpdesk.realtime.handlers.view_ticket",
    }

Each names a function `fn(socket, *args)`. It runs in a thread with the site connected and the socket's user set, and
may read documents and check permissions as in a request; what it writes is committed when it returns. `socket` is a
`frappe.socketio.handlers.Socket`. The client's acknowledgement, if it asks for one, is what the function returns.
"""
