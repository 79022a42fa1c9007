import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import AiTab from './AiTab.vue'

const stored = { name: 'HD AI Settings', enabled: 0, provider: 'OpenAI-compatible', base_url: 'https://ai.test/v1', model: 'small', api_key: '*****', timeout_seconds: 30, hourly_limit: 60 } // prettier-ignore
const SET = 'frappe.client.set_value'
beforeEach(() => {
  answers('frappe.client.get', stored)
  answers('helpdesk.api.ai.get_providers', ['OpenAI-compatible'])
})

it('saves what was changed, and sends no key that was not', async () => {
  answers(SET, stored)
  renderInDesk(AiTab)
  const model = await screen.findByRole('textbox', { name: 'Model' })
  await userEvent.type(model, 'er')
  await userEvent.click(screen.getByRole('switch'))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.some(({ method }) => method === SET)).toBe(true))
  const sent = asked.find(({ method }) => method === SET)?.args
  expect(sent?.fieldname).toEqual({ model: 'smaller', enabled: 1 })
  expect(screen.queryByLabelText('Provider')).toBeNull()
})

it('tests what is stored', async () => {
  answers('helpdesk.api.ai.test_provider', 'Hello <b>you</b>')
  renderInDesk(AiTab)
  await userEvent.click(await screen.findByRole('button', { name: 'Test' }))
  expect(await screen.findByText('It answers: Hello <b>you</b>')).toBeTruthy()
  await userEvent.type(screen.getByRole('textbox', { name: 'Model' }), 'x')
  expect(screen.getByRole('button', { name: 'Test' })).toHaveProperty('disabled', true)
})

it('says why the test failed, and offers what other apps bring', async () => {
  answers('helpdesk.api.ai.get_providers', ['OpenAI-compatible', 'Oracle'])
  refuses('helpdesk.api.ai.test_provider', 'The AI service refused the key.')
  renderInDesk(AiTab)
  expect(await screen.findByLabelText(/Provider/)).toHaveProperty('value', 'OpenAI-compatible')
  await userEvent.click(screen.getByRole('button', { name: 'Test' }))
  expect((await screen.findByRole('alert')).textContent).toContain('refused the key')
})
