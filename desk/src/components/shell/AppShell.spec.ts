import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { narrowScreen, renderAt } from '@/test/render'
import { answers } from '@/test/server'
import { useLayout } from '@/stores/layout'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import AppShell from './AppShell.vue'
import './NotificationPanel.vue' // loaded beforehand: what is awaited here is the press, not the file

beforeEach(() => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.session.get_users', [])
  useSession().user = { user_id: 'anna@x', user_name: 'Anna', is_agent: true } as CurrentUser
})

it('has a way past the navigation, and the page in the middle', async () => {
  await renderAt('/tickets', AppShell)
  expect(screen.getByRole('link', { name: 'Skip to content' }).getAttribute('href')).toBe(
    '#content',
  )
  expect(screen.getByRole('navigation', { name: 'Main' })).toBeTruthy()
  expect(screen.getByRole('main').id).toBe('content')
})

it('opens the palette with its keys', async () => {
  await renderAt('/tickets', AppShell)
  await userEvent.keyboard('{Control>}k{/Control}')
  expect(await screen.findByRole('combobox', { name: /Command/ })).toBeTruthy()
})

it('shows notifications beside the page, and Esc puts them away', async () => {
  await renderAt('/tickets', AppShell)
  await userEvent.click(screen.getByRole('button', { name: 'Notifications' }))
  expect(await screen.findByRole('region', { name: 'Notifications' })).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Notifications' })).toBeNull())
})

it('is a bar and a drawer on phones, and the drawer closes on the way to a page', async () => {
  narrowScreen()
  const { router } = await renderAt('/tickets', AppShell)
  await userEvent.click(screen.getByRole('button', { name: 'Menu' }))
  expect(screen.getByRole('link', { name: 'Customers' })).toBeTruthy()
  await router.push('/customers')
  await waitFor(() => expect(useLayout().isDrawerOpen).toBe(false))
  expect(screen.queryByRole('link', { name: 'Customers' })).toBeNull()
})
