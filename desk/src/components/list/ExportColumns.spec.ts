import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { openedList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import ExportColumns from './ExportColumns.vue'

it('keeps the order of the list for chosen columns', async () => {
  const list = await openedList()
  const { emitted } = renderInDesk(ExportColumns, { modelValue: ['status'], list })
  await userEvent.selectOptions(screen.getByLabelText('Columns'), 'chosen')
  await userEvent.click(screen.getByLabelText('Subject'))
  expect(emitted()['update:modelValue']).toEqual([[['subject', 'status']]])
})
