import { expect, it } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import EmptyPicture from './EmptyPicture.vue'

it('says why there is no chart', () => {
  renderInDesk(EmptyPicture, { kind: 'ring', hint: 'No tickets in this time' })
  expect(screen.getByText('No tickets in this time')).toBeTruthy()
})
