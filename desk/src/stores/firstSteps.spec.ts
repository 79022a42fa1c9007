import { beforeEach, expect, it } from 'vitest'
import { answers, asked } from '@/test/server'
import { useFirstSteps } from './firstSteps'
import { useSession } from './session'

const PROGRESS = 'helpdesk.api.onboarding.get_progress'
const become = (is_manager: boolean) => (useSession().user = { user_id: 'mona', is_manager } as ReturnType<typeof useSession>['user']) // prettier-ignore

beforeEach(() => answers(PROGRESS, { mail: true, agents: false }))

it('counts what was done and what was skipped', async () => {
  become(true)
  const first = useFirstSteps()
  await first.load()
  expect([first.settled, first.isOffered]).toEqual([1, true])
  first.skip('agents')
  first.see('portal')
  expect(first.settled).toBe(3)
})

it('is gone for good once it was put away', async () => {
  become(true)
  const first = useFirstSteps()
  await first.load()
  first.putAway()
  expect(first.isOffered).toBe(false)
})

it('is not for agents', async () => {
  become(false)
  const first = useFirstSteps()
  await first.load()
  expect(first.isOffered).toBe(false)
  expect(asked).toEqual([])
})
