import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { useMasters } from './masters'

it('fetches its lists once, whoever asks', async () => {
  answers('frappe.client.get_list', (args) => [{ name: `one ${String(args.doctype)}` }])
  const masters = useMasters()
  await Promise.all([masters.load(), masters.load()])
  expect(asked).toHaveLength(6)
  expect(masters.statusByName.get('one HD Ticket Status')).toBeTruthy()
})

it('tries again after a failure', async () => {
  refuses('frappe.client.get_list', 'Busy', 503)
  const masters = useMasters()
  await expect(masters.load()).rejects.toThrow()
  answers('frappe.client.get_list', [{ name: 'Open' }])
  await masters.load()
  expect(masters.statuses).toHaveLength(1)
})

it('calls people it does not know by their id', () => {
  expect(useMasters().agentName('nobody@x')).toBe('nobody@x')
})
