import { defineComponent } from 'vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { sampleView } from '@/test/lists'
import { renderAt } from '@/test/render'
import { answers, asked } from '@/test/server'
import { fire } from '@/test/socket'
import { useAi } from '@/stores/ai'
import { useLayout } from '@/stores/layout'
import { useSession } from '@/stores/session'
import type { CurrentUser } from '@/api/session'
import { useShell } from './useShell'

const COUNT = 'helpdesk.api.doc.get_list_count'
const methods = () => asked.map(({ method }) => method)
const asks = (method: string) => methods().filter((one) => one === method).length

beforeEach(() => {
  answers('frappe.client.get_list', ({ doctype }) => doctype === 'HD View' ? [sampleView({ public: 1 })] : []) // prettier-ignore
  answers('helpdesk.api.session.get_users', [])
  answers('helpdesk.api.ai.available', { available: true, teams_without: [] })
  answers('helpdesk.api.config.get_config', { brand_name: 'Acme' })
  answers(COUNT, 3)
})
async function framed(user: object) {
  useSession().user = user as CurrentUser
  const Host = defineComponent({ setup: () => (useShell(), () => null) })
  return (await renderAt('/', Host)).router
}
const anna = { user_id: 'anna@x', is_agent: true }

it('counts the views of the sidebar, and opens what its keys promise', async () => {
  const router = await framed(anna)
  await vi.waitFor(() => expect(asks(COUNT)).toBe(1))
  await userEvent.keyboard('n')
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/tickets/new'))
  await userEvent.keyboard('{Control>}k{/Control}')
  expect(useLayout().isPaletteOpen).toBe(true)
  await userEvent.keyboard('{Control>},{/Control}')
  expect(useLayout().settingsTab).not.toBeNull()
})

it('reads the settings again when somebody changed them', async () => {
  await framed(anna)
  fire('helpdesk:settings-updated')
  await vi.waitFor(() => expect(useSession().config?.brand_name).toBe('Acme'))
})

it('looks whether AI helps, also after the settings were changed', async () => {
  await framed(anna)
  await vi.waitFor(() => expect(useAi().isOn).toBe(true))
  answers('helpdesk.api.ai.available', { available: false, teams_without: [] })
  fire('helpdesk:settings-updated')
  await vi.waitFor(() => expect(useAi().isOn).toBe(false))
})

it('has neither people nor palette for customers', async () => {
  await framed({ user_id: 'cleo@x', is_agent: false })
  await userEvent.keyboard('{Control>}k{/Control}?')
  expect(useLayout().isPaletteOpen).toBe(false)
  expect(useLayout().areShortcutsOpen).toBe(true)
  expect(asks('helpdesk.api.session.get_users')).toBe(0)
})
