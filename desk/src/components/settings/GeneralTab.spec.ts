import { beforeEach, expect, it } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { answers, asked } from '@/test/server'
import { renderInDesk } from '@/test/render'
import GeneralTab from './GeneralTab.vue'

const SET = 'frappe.client.set_value'
beforeEach(() => {
  answers('frappe.client.get', ({ doctype }) => doctype === 'HD Settings' ? { brand_name: 'Acme', restrict_tickets_by_agent_group: 1, assign_within_team: 1, auto_close_after_days: 14 } : { disable_signup: 0 }) // prettier-ignore
  answers(SET, {})
  answers('helpdesk.api.config.get_config', {})
  answers('frappe.desk.search.search_link', [{ value: 'Replied' }])
})
const sent = () => asked.filter(({ method }) => method === SET).map(({ args }) => args)

it('a switch sends itself alone, and leaves half-written texts unsaved', async () => {
  renderInDesk(GeneralTab)
  await fireEvent.update(await screen.findByLabelText('Name of the help desk'), 'Acme Help')
  await fireEvent.click(screen.getByRole('switch', { name: /Reactions to comments/ }))
  await waitFor(() => expect(sent()).toEqual([{ doctype: 'HD Settings', name: 'HD Settings', fieldname: { enable_comment_reactions: 1 } }])) // prettier-ignore
  expect(screen.getByText('Not saved')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent()[1]).toMatchObject({ fieldname: { brand_name: 'Acme Help' } }))
  await waitFor(() => expect(screen.queryByText('Not saved')).toBeNull())
})

it('does not switch off the last exception of the restriction', async () => {
  renderInDesk(GeneralTab)
  await fireEvent.click(await screen.findByRole('switch', { name: /Assign inside the team only/ }))
  expect(sent()).toEqual([])
})

it('choosing the status turns automatic closing on, and asks for the days', async () => {
  renderInDesk(GeneralTab)
  const status = await screen.findByLabelText('Close by itself what stays in this status')
  expect(screen.queryByLabelText('Days until it is closed')).toBeNull()
  await fireEvent.focus(status)
  await fireEvent.mouseDown(await screen.findByRole('option', { name: 'Replied' }))
  await waitFor(() => expect(sent()[0]).toMatchObject({ fieldname: { auto_close_status: 'Replied', auto_close_tickets: 1 } })) // prettier-ignore
  expect(await screen.findByLabelText('Days until it is closed')).toBeTruthy()
})

it('whether people may sign up is a matter of the web site', async () => {
  renderInDesk(GeneralTab)
  await fireEvent.click(await screen.findByRole('switch', { name: /Only invited people/ }))
  await waitFor(() => expect(sent()[0]).toMatchObject({ doctype: 'Website Settings', fieldname: { disable_signup: 1 } })) // prettier-ignore
})

it('a mailbox gets texts of its own', async () => {
  renderInDesk(GeneralTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Add a row' }))
  await fireEvent.update(screen.getByLabelText('Mail'), 'acknowledgement')
  await fireEvent.update(screen.getByLabelText('Text'), 'Welcome')
  expect(sent()).toEqual([])
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent()[0]).toMatchObject({ fieldname: { mailbox_texts: [{ notification: 'acknowledgement', content: 'Welcome' }] } })) // prettier-ignore
})
