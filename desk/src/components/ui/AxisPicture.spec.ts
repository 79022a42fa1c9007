import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import AxisPicture from './AxisPicture.vue'

it('is drawn at once, and says which bar was pressed', async () => {
  const config = { title: 'T', data: [], xAxis: { key: 'date', type: 'time' }, yAxis: { title: '' }, series: [] } // prettier-ignore
  const { emitted } = renderInDesk(AxisPicture, { config })
  expect(screen.getByTestId('chart').textContent).toContain('"animation":false')
  await userEvent.click(screen.getByTestId('chart'))
  expect(emitted().pick).toEqual([[0, 0]])
})
