import { expect, it } from 'vitest'
import { answers, asked } from '@/test/server'
import { useNewTicket } from './useNewTicket'

const TEMPLATE = 'helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one'
const NEW = 'helpdesk.helpdesk.doctype.hd_ticket.api.new'
const field = (fieldname: string, values = {}) => ({ fieldname, label: fieldname, fieldtype: 'Data', options: null, required: 0, hide_from_customer: 0, placeholder: null, url_method: null, ...values }) // prettier-ignore

it('wants what the template requires, but only while it is shown', async () => {
  const fields = [field('kind'), field('serial', { required: 1, depends_on: "eval:doc.kind == 'Printer'" })] // prettier-ignore
  answers(TEMPLATE, { about: null, fields })
  answers(NEW, { name: 9 })
  const form = useNewTicket('Hardware', false)
  await form.load()
  form.set('subject', 'Fire')
  form.set('description', '<p>It burns</p>')
  form.set('kind', 'Printer')
  expect(await form.submit()).toBeNull()
  expect(form.errors.value).toEqual({ serial: 'serial is needed.' })
  form.set('kind', 'Scanner')
  expect((await form.submit())?.name).toBe(9)
  expect(asked.at(-1)?.args.doc).toMatchObject({ subject: 'Fire', template: 'Hardware' })
})

it('keeps from customers what is hidden from them', async () => {
  answers(TEMPLATE, { about: null, fields: [field('cost', { hide_from_customer: 1 })] })
  const form = useNewTicket('Default', true)
  await form.load()
  expect(form.fields.value).toEqual([])
})
