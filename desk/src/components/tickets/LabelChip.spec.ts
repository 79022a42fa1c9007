import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useLabels } from '@/stores/labels'
import LabelChip from './LabelChip.vue'

it('tells what a label means, and asks to take it off', async () => {
  useLabels().labels = [{ name: 'VIP', color: 'Amber', description: 'Answer before others' }]
  const { emitted } = renderInDesk(LabelChip, { label: 'VIP', removable: true })
  expect(screen.getByTitle('Answer before others').className).toContain('amber')
  await userEvent.click(screen.getByRole('button', { name: 'Remove the label VIP' }))
  expect(emitted('remove')).toHaveLength(1)
})
