import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ThreadTabs from './ThreadTabs.vue'

it('offers the details on phones', async () => {
  const counts = { activity: 3, email: 2, comment: 1, call: 0 }
  const { emitted, rerender } = renderInDesk(ThreadTabs, { counts, modelValue: 'activity' })
  expect(screen.queryByRole('tab', { name: 'Details' })).toBeNull()
  await rerender({ counts, modelValue: 'activity', hasDetails: true })
  await userEvent.click(screen.getByRole('tab', { name: 'Details' }))
  expect(emitted()['update:modelValue']).toEqual([['details']])
})

it('offers calls only when there were any', async () => {
  const counts = { activity: 3, email: 2, comment: 1, call: 0 }
  const { emitted, rerender } = renderInDesk(ThreadTabs, { counts, modelValue: 'activity' })
  expect(screen.queryByRole('tab', { name: /Calls/ })).toBeNull()
  await rerender({ counts: { ...counts, call: 1 }, modelValue: 'activity' })
  await userEvent.click(screen.getByRole('tab', { name: /Calls/ }))
  expect(emitted()['update:modelValue']).toEqual([['call']])
})

it('leaves changes and views out of the activity where that is wanted, and of nothing else', async () => {
  const counts = { activity: 3, email: 2, comment: 1, call: 0 }
  const { emitted, rerender } = renderInDesk(ThreadTabs, { counts, modelValue: 'activity' })
  await userEvent.click(screen.getByRole('button', { name: 'Show changes and views', pressed: true })) // prettier-ignore
  expect(emitted()['update:hidesChanges']).toEqual([[true]])
  await rerender({ counts, modelValue: 'email' })
  expect(screen.queryByRole('button', { name: 'Show changes and views' })).toBeNull()
})
