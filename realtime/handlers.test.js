const assert = require('node:assert')
const test = require('node:test')
const handlers = require('./handlers.js')

/** A socket that remembers what was sent, on a server that lets `readers` read tickets. */
function connect(user, readers = [user]) {
  const sent = []
  const on = {}
  const socket = {
    user,
    rooms: new Set(),
    on: (event, handler) => (on[event] = handler),
    join: (room) => socket.rooms.add(room),
    leave: (room) => socket.rooms.delete(room),
    to: (room) => ({ emit: (event, data) => sent.push(['others', room, event, data]) }),
    nsp: {
      in: (room) => ({ fetchSockets: async () => (socket.rooms.has(room) ? [socket] : []) }),
      to: (room) => ({ emit: (event, data) => sent.push(['all', room, event, data]) }),
    },
    frappe_request: async () => ({
      ok: true,
      json: async () => ({ message: { has_permission: readers.includes(user) } }),
    }),
  }
  handlers(socket)
  return { socket, sent, on }
}

const ROOM = 'open_doc:HD Ticket/7'

test('who may read a ticket enters its room, and everybody there hears of it', async () => {
  const { socket, sent, on } = connect('anna')
  await on.view_ticket(7)
  assert.ok(socket.rooms.has(ROOM))
  const viewers = { ticket_id: 7, users: '["anna"]', total_viewers: 1 }
  assert.deepEqual(sent, [['all', ROOM, 'ticket_viewers', viewers]])
})

test('who may not read it neither enters nor learns who is there', async () => {
  const { socket, sent, on } = connect('xenia', ['anna'])
  await on.view_ticket(7)
  await on.ticket_get_viewers(7)
  assert.equal(socket.rooms.size, 0)
  assert.deepEqual(sent, [])
})

test('only those in the room speak in it, and only others hear them', async () => {
  const { sent, on } = connect('anna')
  on.helpdesk_ticket_typing(7)
  assert.deepEqual(sent, [])
  await on.view_ticket(7)
  on.notify_ticket_update(7, 'status', 'Closed')
  const update = { ticket_id: 7, user: 'anna', field: 'status', value: 'Closed' }
  assert.deepEqual(sent.at(-1), ['others', ROOM, 'ticket_update', update])
})

test('leaving is announced to those who stay', async () => {
  const { socket, sent, on } = connect('anna')
  await on.view_ticket(7)
  await on.stop_view_ticket(7)
  assert.equal(socket.rooms.size, 0)
  assert.equal(sent.at(-1)[3].total_viewers, 0)
})
