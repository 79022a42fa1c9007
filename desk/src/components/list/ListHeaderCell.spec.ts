import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ListHeaderCell from './ListHeaderCell.vue'

it('sorts when pressed and tells the direction', async () => {
  const { emitted } = renderInDesk(ListHeaderCell, {
    column: { key: 'subject', label: 'Subject', type: 'Data', width: '' },
    direction: 'desc',
  })
  expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBe('descending')
  await userEvent.click(screen.getByRole('button'))
  expect(emitted().sort).toHaveLength(1)
})
