import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SharePicture from './SharePicture.vue'

it('is drawn at once, and says which share was pressed', async () => {
  const shares = [{ label: 'Billing', count: 4, color: '#37a2da' }]
  const { emitted } = renderInDesk(SharePicture, { shares })
  const drawn = screen.getByTestId('chart').textContent
  expect(drawn).toContain('"animation":false')
  expect(drawn).toContain('{"name":"Billing","value":4,"itemStyle":{"color":"#37a2da"}}')
  await userEvent.click(screen.getByTestId('chart'))
  expect(emitted().pick).toEqual([[0]])
})
