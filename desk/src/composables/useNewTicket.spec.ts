import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { ref, type Ref } from 'vue'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useNewTicket } from './useNewTicket'
import { useSession } from '@/stores/session'

const TEMPLATE = 'helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one'
const NEW = 'helpdesk.helpdesk.doctype.hd_ticket.api.new'
const field = (fieldname: string, values = {}) => ({ fieldname, label: fieldname, fieldtype: 'Data', options: null, required: 0, hide_from_customer: 0, placeholder: null, url_method: null, ...values }) // prettier-ignore

/** The form as a page has it, with its template already there. */
async function formOf(template: string | Ref<string>, isPortal: boolean, follows = '') {
  const found: ReturnType<typeof useNewTicket>[] = []
  renderInDesk({ setup: () => (found.push(useNewTicket(template, isPortal, follows)), () => null) })
  const [form] = found
  if (!form) throw new Error('The component was not set up.')
  await expect.poll(() => asked.some(({ method }) => method === TEMPLATE)).toBe(true)
  await flushPromises()
  return form
}

it('wants what the template requires, but only while it is shown', async () => {
  const fields = [field('kind'), field('serial', { required: 1, depends_on: "eval:doc.kind == 'Printer'" })] // prettier-ignore
  answers(TEMPLATE, { about: null, fields })
  answers(NEW, { name: 9 })
  const form = await formOf('Hardware', false)
  await expect.poll(() => form.fields.value.length).toBe(8)
  form.set('subject', 'Fire')
  form.set('description', '<p>It burns</p>')
  form.set('kind', 'Printer')
  expect(await form.submit()).toBeNull()
  expect(form.errors.value).toEqual({ serial: 'serial is needed.' })
  form.set('kind', 'Scanner')
  expect((await form.submit())?.name).toBe(9)
  expect(asked.at(-1)?.args.doc).toMatchObject({ subject: 'Fire', template: 'Hardware' })
})

it('keeps from customers what is hidden from them, and what only agents say', async () => {
  answers(TEMPLATE, { about: null, fields: [field('cost', { hide_from_customer: 1 }), field('kind')] }) // prettier-ignore
  const form = await formOf('Default', true)
  await expect.poll(() => form.fields.value.map(({ fieldname }) => fieldname)).toEqual(['kind'])
})

it('asks an agent once for what the template asks, too', async () => {
  answers(TEMPLATE, { about: null, fields: [field('priority', { required: 1 })] })
  const form = await formOf('Default', false)
  await expect.poll(() => form.fields.value.filter(({ fieldname }) => fieldname === 'priority').map(({ required }) => required)).toEqual([1]) // prettier-ignore
})

it('narrows one field by another, and empties a choice that no longer fits', async () => {
  const script = `function setupForm({ applyFilters }) { return { onChange: { kind: (value) => applyFilters('part', value === 'Printer' ? ['Toner'] : ['Lamp']) } } }`
  answers(TEMPLATE, { about: null, fields: [field('kind'), field('part')], _form_script: [script] })
  const form = await formOf('Default', false)
  await expect.poll(() => form.fields.value.length).toBe(8)
  form.set('kind', 'Printer')
  await expect.poll(() => form.narrowed.value.part).toEqual([{ label: 'Toner', value: 'Toner' }])
  form.set('part', 'Toner')
  form.set('kind', 'Scanner')
  await expect.poll(() => form.values.part).toBe('')
})

it('takes the text of another template only while nobody has written', async () => {
  answers(TEMPLATE, ({ name }) => ({ about: null, fields: [], description_template: `<p>${String(name)}</p>` })) // prettier-ignore
  const name = ref('One')
  const form = await formOf(name, false)
  await expect.poll(() => form.values.description).toBe('<p>One</p>')
  name.value = 'Two'
  await expect.poll(() => form.values.description).toBe('<p>Two</p>')
  form.set('description', '<p>My own words</p>')
  name.value = 'Three'
  await expect.poll(() => asked.length).toBe(3)
  await flushPromises()
  expect(form.values.description).toBe('<p>My own words</p>')
})

it('begins with the subject of the template, and asks before leaving only what somebody wrote', async () => {
  answers(TEMPLATE, ({ name }) => ({ about: null, fields: [], subject_template: `Order ${String(name)}` })) // prettier-ignore
  const name = ref('One')
  const form = await formOf(name, false)
  await expect.poll(() => form.values.subject).toBe('Order One')
  expect(form.hasContent.value).toBe(false)
  name.value = 'Two'
  await expect.poll(() => form.values.subject).toBe('Order Two')
  form.set('subject', 'Order 4711')
  expect(form.hasContent.value).toBe(true)
  name.value = 'Three'
  await expect.poll(() => asked.length).toBe(3)
  await flushPromises()
  expect(form.values.subject).toBe('Order 4711')
})

it('asks customers for a category, in the order of the settings, where they must choose one', async () => {
  useSession().config = { use_categories: 1, require_category: 1 } as never
  answers(TEMPLATE, { about: null, fields: [] })
  answers('frappe.client.get_list', [{ name: 'Technical' }, { name: 'Billing' }])
  const form = await formOf('Default', true)
  expect(form.fields.value.map(({ fieldname, required }) => [fieldname, required])).toEqual([['category', 1]]) // prettier-ignore
  await expect.poll(() => form.narrowed.value.category?.map(({ value }) => value)).toEqual(['Technical', 'Billing']) // prettier-ignore
  form.set('subject', 'Fire')
  form.set('description', '<p>It burns</p>')
  expect(await form.submit()).toBeNull()
  expect(form.errors.value).toEqual({ category: 'Category is needed.' })
})

it('leaves the category to a template that asks for it', async () => {
  useSession().config = { use_categories: 1 } as never
  answers(TEMPLATE, { about: null, fields: [field('category', { required: 1 })] })
  answers('frappe.client.get_list', [])
  const form = await formOf('Default', false)
  await expect.poll(() => form.fields.value.filter(({ fieldname }) => fieldname === 'category').map(({ required }) => required)).toEqual([1]) // prettier-ignore
})

it('names the ticket it goes on from', async () => {
  answers(TEMPLATE, { about: null, fields: [] })
  answers(NEW, { name: 9 })
  const form = await formOf('Default', true, '7')
  form.set('subject', 'Fire again')
  form.set('description', '<p>It burns</p>')
  await form.submit()
  expect(asked.at(-1)?.args.follows).toBe('7')
})

it('files labels, and tells the requester where that is wanted; customers say neither', async () => {
  answers(TEMPLATE, { about: null, fields: [] })
  answers(NEW, { name: 9 })
  const form = await formOf('Default', false)
  form.set('subject', 'Fire')
  form.set('description', '<p>It burns</p>')
  form.set('raised_by', 'cleo@customer.test')
  form.labels.value = ['VIP']
  form.acknowledges.value = true
  await form.submit()
  expect(asked.at(-1)?.args).toMatchObject({ labels: ['VIP'], acknowledge: true })
  const portal = await formOf('Default', true)
  portal.set('subject', 'Fire')
  portal.set('description', '<p>It burns</p>')
  await portal.submit()
  expect(asked.at(-1)?.args).not.toHaveProperty('labels')
})
