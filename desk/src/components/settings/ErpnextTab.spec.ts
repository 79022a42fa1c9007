import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { fire } from '@/test/socket'
import ErpnextTab from './ErpnextTab.vue'

const API = 'helpdesk.integrations.erpnext.api'
let enabled = 0
let inSync = false
beforeEach(() => {
  enabled = 1
  inSync = false
  answers('frappe.client.get', () => ({ enabled }))
  answers(`${API}.get_sync_info`, () => ({ enabled: Boolean(enabled), in_sync: inSync }))
  answers(`${API}.sync_hd_erpnext_customers`, null)
})

it('offers nothing to sync before it is turned on', async () => {
  enabled = 0
  answers('frappe.client.set_value', () => ({ enabled: (enabled = 1) }))
  renderInDesk(ErpnextTab)
  const toggle = await screen.findByRole('switch', { name: /Share customers/ })
  expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull()
  await fireEvent.click(toggle)
  expect(await screen.findByRole('button', { name: 'Sync now' })).toBeTruthy()
  expect(asked.find(({ method }) => method === 'frappe.client.set_value')?.args).toMatchObject({ fieldname: { enabled: 1 } }) // prettier-ignore
})

it('waits for the end of the sync, and says where things stand then', async () => {
  renderInDesk(ErpnextTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Sync now' }))
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Bringing both'))
  inSync = true
  fire('helpdesk:erpnext-sync-end')
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Every customer'))
})

it('is not busy for ever when the sync is refused', async () => {
  refuses(`${API}.sync_hd_erpnext_customers`, 'Not you')
  renderInDesk(ErpnextTab)
  await fireEvent.click(await screen.findByRole('button', { name: 'Sync now' }))
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('on this side only'))
})
