import { ref } from 'vue'
import { toast } from 'frappe-ui'
import { expect, it, vi } from 'vitest'
import type { Requester } from '@/api/people'
import { answers } from '@/test/server'
import { useDraftedTicket } from './useDraftedTicket'

const drafted = { subject: 'Toner', description: 'Empty.\n\nSend <b>more</b>.', raised_by: 'Cleo@x.test', priority: 'High', ticket_type: '', agent_group: '' } // prettier-ignore
const CONTACTS = 'helpdesk.api.contact.search_contacts'

it('fills in what the text says, and who asks', async () => {
  const cleo = { name: 'Cleo', full_name: 'Cleo', email_id: 'cleo@x.test' }
  answers(CONTACTS, [{ name: 'Other', full_name: 'Other', email_id: 'cleo@x.test.evil' }, cleo])
  const set = vi.fn()
  const requester = ref<Requester | null>(null)
  const { take, drafts } = useDraftedTicket(set, requester)
  await take(drafted)
  expect(set.mock.calls).toEqual([
    ['subject', 'Toner'],
    ['priority', 'High'],
    ['description', '<p>Empty.</p><p>Send &lt;b&gt;more&lt;/b&gt;.</p>'],
  ])
  expect(requester.value).toEqual(cleo)
  expect(drafts.value).toBe(1)
})

it('says when the requester is no contact yet', async () => {
  answers(CONTACTS, [])
  const info = vi.spyOn(toast, 'info')
  const requester = ref<Requester | null>(null)
  await useDraftedTicket(vi.fn(), requester).take(drafted)
  expect(info).toHaveBeenCalledWith(expect.stringContaining('Cleo@x.test is no contact yet'))
  expect(requester.value).toBeNull()
})
