import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked } from '@/test/server'
import LabelBox from './LabelBox.vue'

const TAGS = 'frappe.desk.doctype.tag.tag'
beforeEach(() => {
  answers('frappe.client.get_list', [{ name: 'VIP', color: 'Amber', description: null }])
  answers(`${TAGS}.get_tags`, ['Printer'])
  answers(`${TAGS}.add_tag`, 'x')
  answers(`${TAGS}.remove_tag`, null)
})
const added = () => asked.filter(({ method }) => method === `${TAGS}.add_tag`).map(({ args }) => args.tag) // prettier-ignore

it('ticks labels and makes a new one from the keyboard', async () => {
  const { emitted } = renderInDesk(LabelBox, { ticket: sampleTicket() })
  expect(screen.getByText('None yet')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Label' }))
  await userEvent.click(await screen.findByRole('option', { name: 'VIP' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Find or make a label' }), 'Ox{Enter}')
  await vi.waitFor(() => expect(emitted('changed')).toHaveLength(2))
  expect(added()).toEqual(['VIP', 'Ox'])
})

it('takes a label off by its cross', async () => {
  const { emitted } = renderInDesk(LabelBox, { ticket: sampleTicket({ _user_tags: ',VIP' }) })
  await userEvent.click(screen.getByRole('button', { name: 'Remove the label VIP' }))
  await vi.waitFor(() => expect(emitted('changed')).toHaveLength(1))
  expect(asked.at(-1)?.args).toEqual({ tag: 'VIP', dt: 'HD Ticket', dn: '7' })
})
