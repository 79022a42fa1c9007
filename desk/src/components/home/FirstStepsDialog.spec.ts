import { screen, within } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import FirstStepsDialog from './FirstStepsDialog.vue'
import { useFirstSteps } from '@/stores/firstSteps'
import { useLayout } from '@/stores/layout'
import { useSession } from '@/stores/session'

const step = (name: string) => within(screen.getByRole('group', { name }))

it('shows how far one has come, and leads to what is left', async () => {
  answers('helpdesk.api.onboarding.get_progress', { mail: true })
  useSession().user = { user_id: 'mona', is_manager: true } as ReturnType<typeof useSession>['user']
  renderInDesk(FirstStepsDialog)
  await useFirstSteps().open()
  expect(await screen.findByText('1 of 10 done')).toBeTruthy()
  expect(screen.queryByRole('group', { name: 'Connect a mailbox' })).toBeNull()
  await userEvent.click(step('Reply').getByRole('button', { name: 'Skip' }))
  expect(screen.getByText('2 of 10 done')).toBeTruthy()
  await userEvent.click(step('Invite agents').getByRole('button', { name: 'Go' }))
  expect(useLayout().settingsTab).toBe('agents')
  expect(screen.queryByRole('dialog')).toBeNull()
})
