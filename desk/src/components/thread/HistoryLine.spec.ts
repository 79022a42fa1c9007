import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import HistoryLine from './HistoryLine.vue'

const line = (name: string) => ({
  name,
  action: `did ${name}`,
  owner: 'anna',
  creation: '2026-03-02 08:00:00',
  user: { name: 'Anna' },
})

it('folds neighbouring changes until asked', async () => {
  renderInDesk(HistoryLine, { lines: [line('a'), line('b'), line('c')] })
  expect(screen.queryByText('did b')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: '2 more changes' }))
  expect(screen.getByText('did c')).toBeTruthy()
})
