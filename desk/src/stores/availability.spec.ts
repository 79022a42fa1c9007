import { beforeEach, expect, it } from 'vitest'
import { answers, refuses } from '@/test/server'
import type { CurrentUser } from '@/api/session'
import { useAvailability } from './availability'
import { useSession } from './session'

const METHOD = 'helpdesk.api.agent.set_my_availability'
beforeEach(() => {
  useSession().user = { user_id: 'anna', availability: 'Active' } as CurrentUser
})

it('shows the new state at once', async () => {
  answers(METHOD, null)
  const chosen = useAvailability().choose('Away')
  expect(useSession().user?.availability).toBe('Away')
  await chosen
})

it('goes back when the server refuses', async () => {
  refuses(METHOD, 'No')
  await expect(useAvailability().choose('Away')).rejects.toThrow('No')
  expect(useSession().user?.availability).toBe('Active')
})
