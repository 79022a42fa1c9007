// One ticket's life through `frappe-js-sdk`, the client that integrations in JavaScript use: `node public_client.mjs URL KEY
// SECRET`, started in the desk's folder. Prints what the client saw as one JSON object.
import { createRequire } from 'node:module'

const { FrappeApp } = createRequire(`${process.cwd()}/`)('frappe-js-sdk')
const [url, key, secret] = process.argv.slice(2)
const app = new FrappeApp(url, { useToken: true, token: () => `${key}:${secret}`, type: 'token' })
const db = app.db()

const made = await db.createDoc('HD Ticket', { subject: 'By a client', raised_by: 'jo@example.com' })
const updated = await db.updateDoc('HD Ticket', made.name, { priority: 'High' })
await db.setValue('HD Ticket', made.name, 'subject', 'Changed by a client')
const file = new File(['a letter'], 'letter.txt')
const uploaded = await app
  .file()
  .uploadFile(file, { isPrivate: true, doctype: 'HD Ticket', docname: String(made.name) }, () => {})
const either = [['priority', '=', 'High'], ['priority', '=', 'Low']]
const seen = {
  caller: await app.auth().getLoggedInUser(),
  priority: updated.priority,
  subject: (await db.getValue('HD Ticket', 'subject', [['name', '=', made.name]])).message.subject,
  listed: await db.getDocList('HD Ticket', {
    fields: ['name', 'priority'],
    filters: [['raised_by', '=', 'jo@example.com']],
    orFilters: either,
    orderBy: { field: 'creation', order: 'desc' },
    limit: 5,
  }),
  count: await db.getCount('HD Ticket', [['raised_by', '=', 'jo@example.com']]),
  last: (await db.getLastDoc('HD Ticket', { orderBy: { field: 'creation', order: 'desc' } })).name,
  attached: uploaded.data.message.attached_to_name,
  called: (await app.call().get('helpdesk.api.auth.get_user')).message.is_admin,
}
await db.deleteDoc('HD Ticket', made.name)
const gone = await db.getDoc('HD Ticket', made.name).catch((error) => error.httpStatus)
console.log(JSON.stringify({ ...seen, name: made.name, gone }))
