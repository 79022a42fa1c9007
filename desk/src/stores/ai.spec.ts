import { expect, it } from 'vitest'
import { answers } from '@/test/server'
import { useAi } from './ai'

it('is off until the server says otherwise', () => {
  expect(useAi().isOn).toBe(false)
  expect(useAi().isOnFor({ agent_group: null })).toBe(false)
})

it('helps on tickets of all teams but those that go without', async () => {
  answers('helpdesk.api.ai.available', { available: true, teams_without: ['Lawyers'] })
  const ai = useAi()
  await ai.load()
  expect(ai.isOnFor({ agent_group: null })).toBe(true)
  expect(ai.isOnFor({ agent_group: 'First Line' })).toBe(true)
  expect(ai.isOnFor({ agent_group: 'Lawyers' })).toBe(false)
})
