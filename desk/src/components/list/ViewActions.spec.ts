import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { sampleView } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import { useSession } from '@/stores/session'
import { useViews } from '@/stores/views'
import type { CurrentUser } from '@/api/session'
import type { SavedView } from '@/types/list'
import ViewActions from './ViewActions.vue'

async function opened(user: object, values: Partial<SavedView> = {}) {
  useSession().user = user as CurrentUser
  const view = sampleView(values)
  useViews().views = [view]
  renderInDesk(ViewActions, { view })
  await userEvent.click(screen.getByRole('button', { name: /What to do with the view/ }))
  await screen.findByRole('menuitem', { name: 'Duplicate' })
}
const names = () => screen.getAllByRole('menuitem').map((item) => item.textContent?.trim())

it('lets everybody copy, and only its owner change', async () => {
  await opened({ user_id: 'arne@x' }, { public: 1 })
  expect(names()).toEqual(['Duplicate'])
})

it('asks before a view of everybody becomes private', async () => {
  answers('frappe.client.set_value', sampleView())
  await opened({ user_id: 'mona@x', is_manager: true }, { public: 1 })
  await userEvent.click(screen.getByRole('menuitem', { name: 'Make private' }))
  expect(asked).toHaveLength(0)
  await userEvent.click(await screen.findByRole('button', { name: 'Make private' }))
  await vi.waitFor(() => expect(asked.at(-1)?.args.fieldname).toMatchObject({ public: 0 }))
})

it('pins to the sidebar of its owner', async () => {
  answers('frappe.client.set_value', sampleView({ pinned: 1 }))
  await opened({ user_id: 'anna@x' })
  await userEvent.click(screen.getByRole('menuitem', { name: 'Pin to my sidebar' }))
  await vi.waitFor(() => expect(useViews().pinnedViews).toHaveLength(1))
})

it('shipped views are hidden and shown by managers, never deleted', async () => {
  answers('frappe.client.set_value', sampleView({ is_standard: 1 }))
  await opened({ user_id: 'mona@x', is_manager: true }, { is_standard: 1, public: 1, user: null })
  expect(names()).toEqual(['Duplicate', 'Hide for everybody'])
  await userEvent.click(screen.getByRole('menuitem', { name: 'Hide for everybody' }))
  await vi.waitFor(() => expect(asked.at(-1)?.args.fieldname).toEqual({ public: 0 }))
})
