import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import type { BulkAction } from '@/composables/useBulk'
import BulkMenus from './BulkMenus.vue'
import { useMasters } from '@/stores/masters'
import { useSession } from '@/stores/session'

async function chosen(menu: string, value: string): Promise<BulkAction> {
  answers('frappe.client.get_list', [{ name: 'VIP' }])
  const { emitted } = renderInDesk(BulkMenus, { isBusy: false })
  await userEvent.click(await screen.findByRole('button', { name: menu }))
  await userEvent.click(await screen.findByRole('menuitem', { name: value }))
  return (emitted('choose') as [BulkAction][])[0]?.[0] as BulkAction
}

it('sets a value as the server and as a single ticket know it', async () => {
  answers('frappe.client.set_value', {})
  const action = await chosen('Priority', 'High')
  expect(action).toMatchObject({ action: 'update', values: { priority: 'High' } })
  await action.work(7)
  expect(asked.at(-1)?.args).toMatchObject({ name: '7', fieldname: { priority: 'High' } })
})

it('puts a label on tickets', async () => {
  answers('frappe.desk.doctype.tag.tag.add_tag', 'VIP')
  const action = await chosen('Label', 'VIP')
  expect(action).toMatchObject({ action: 'tag', values: { tag: 'VIP' } })
  await action.work(7)
  expect(asked.at(-1)?.args).toEqual({ tag: 'VIP', dt: 'HD Ticket', dn: '7' })
})

it('offers no menu that is empty', () => {
  answers('frappe.client.get_list', [])
  renderInDesk(BulkMenus, { isBusy: false })
  expect(screen.queryByRole('button', { name: 'Label' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Close' })).toBeTruthy()
})

it('gives tickets a category where they have one', async () => {
  useMasters().categories = [{ name: 'Billing' }]
  answers('frappe.client.get_list', [])
  const { unmount } = renderInDesk(BulkMenus, { isBusy: false })
  expect(screen.queryByRole('button', { name: 'Category' })).toBeNull()
  unmount()
  useSession().config = { use_categories: 1 } as never
  expect(await chosen('Category', 'Billing')).toMatchObject({ values: { category: 'Billing' } })
})
