import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ChannelMark from './ChannelMark.vue'

it('says how a ticket came, alone or in a sentence', () => {
  const { unmount } = renderInDesk(ChannelMark, { channel: 'Phone' })
  expect(screen.getByText('Phone')).toBeTruthy()
  unmount()
  renderInDesk(ChannelMark, { channel: 'Phone', inSentence: true })
  expect(screen.getByText('by phone')).toBeTruthy()
})
