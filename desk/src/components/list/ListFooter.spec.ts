import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { asked } from '@/test/server'
import ListFooter from './ListFooter.vue'

it('tells how many of how many, and gets more', async () => {
  const list = await openedList()
  renderInDesk(ListFooter, { list, shown: 1, total: 45 })
  expect(screen.getByText('1 of 45')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }))
  expect(asked.at(-1)?.args.page_length).toBe(40)
})
