import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { useSession } from '@/stores/session'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers } from '@/test/server'
import CoreFields from './CoreFields.vue'
import { useMasters } from '@/stores/masters'

const TEMPLATE = 'helpdesk.helpdesk.doctype.hd_ticket_template.api.get_one'
beforeEach(() => answers(TEMPLATE, { about: null, fields: [] }))
const shown = (values: object = {}, props: object = {}) =>
  renderInDesk(CoreFields, { ticket: sampleTicket(values), ...props })

it('tells which field was changed to what', async () => {
  const { emitted } = shown()
  await userEvent.selectOptions(screen.getByLabelText('Priority'), 'Low')
  await fireEvent.change(screen.getByLabelText('Due date'), { target: { value: '2026-04-01' } })
  expect(emitted().change).toEqual([[{ priority: 'Low' }], [{ due_date: '2026-04-01' }]])
})

it('keeps a value that is no longer offered', () => {
  shown({ ticket_type: 'Retired' })
  expect((screen.getByLabelText('Type') as HTMLSelectElement).value).toBe('Retired')
})

it('shows nothing that scripts hide', () => {
  shown({}, { hidden: new Set(['customer', 'due_date', 'ticket_type']) })
  for (const label of ['Customer', 'Due date', 'Type']) expect(screen.queryByLabelText(label)).toBeNull() // prettier-ignore
})

it('lets managers correct how a ticket came in, and nobody else', async () => {
  const { unmount } = shown({ channel: 'Email' })
  expect(screen.queryByLabelText('Channel')).toBeNull()
  unmount()
  useSession().user = { user_id: 'mona@x', is_manager: true } as never
  const { emitted } = shown({ channel: 'Email' })
  await userEvent.selectOptions(screen.getByLabelText('Channel'), 'Phone')
  expect(emitted().change).toEqual([[{ channel: 'Phone' }]])
})

it('asks for a category only where tickets have one', async () => {
  const { unmount } = shown({ category: 'Billing' })
  expect(screen.queryByLabelText('Category')).toBeNull()
  unmount()
  useSession().config = { use_categories: 1 } as never
  useMasters().categories = [{ name: 'Billing' }, { name: 'Technical' }]
  const { emitted } = shown({ category: 'Billing' })
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'Technical')
  expect(emitted().change).toEqual([[{ category: 'Technical' }]])
})
