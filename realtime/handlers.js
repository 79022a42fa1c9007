/**
 * On a bench: what viewers of a ticket tell each other through Frappe's socket server, which loads this file.
 *
 * The same events as in `helpdesk/realtime/handlers.py`, which the standalone runtime uses. Nobody enters a ticket's room
 * without being able to read the ticket, and nobody speaks into a room without being in it.
 */

const TICKET = 'HD Ticket'
const roomOf = (ticket) => `open_doc:${TICKET}/${ticket}`

async function mayRead(socket, ticket) {
  const query = { doctype: TICKET, docname: String(ticket), perm_type: 'read' }
  const response = await socket.frappe_request('/api/method/frappe.client.has_permission', query)
  if (!response.ok) return false
  const answer = await response.json()
  return Boolean(answer.message && answer.message.has_permission)
}

async function announce(socket, ticket, to) {
  const sockets = await socket.nsp.in(roomOf(ticket)).fetchSockets()
  const users = [...new Set(sockets.map((each) => each.user))]
  const viewers = { ticket_id: ticket, users: JSON.stringify(users), total_viewers: users.length }
  socket.nsp.to(to).emit('ticket_viewers', viewers)
}

function tellOthers(socket, ticket, event, values) {
  if (!ticket || !socket.rooms.has(roomOf(ticket))) return
  socket.to(roomOf(ticket)).emit(event, { ticket_id: ticket, user: socket.user, ...values })
}

function helpdeskHandlers(socket) {
  socket.on('view_ticket', async (ticket) => {
    if (!ticket || !(await mayRead(socket, ticket))) return
    socket.join(roomOf(ticket))
    await announce(socket, ticket, roomOf(ticket))
  })

  socket.on('stop_view_ticket', async (ticket) => {
    if (!ticket || !socket.rooms.has(roomOf(ticket))) return
    socket.leave(roomOf(ticket))
    await announce(socket, ticket, roomOf(ticket))
  })

  socket.on('ticket_get_viewers', async (ticket) => {
    if (!ticket || !(await mayRead(socket, ticket))) return
    await announce(socket, ticket, `user:${socket.user}`)
  })

  socket.on('notify_ticket_update', (ticket, field, value) =>
    tellOthers(socket, ticket, 'ticket_update', { field, value }),
  )
  for (const event of ['helpdesk_ticket_typing', 'helpdesk_ticket_typing_stopped']) {
    socket.on(event, (ticket) => tellOthers(socket, ticket, event, {}))
  }
}

module.exports = helpdeskHandlers
