import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import KeyCaps from './KeyCaps.vue'

it('draws each key of a combination', () => {
  renderInDesk(KeyCaps, { keys: 'mod+shift+.' })
  expect(
    screen
      .getAllByText(/./)
      .filter(({ tagName }) => tagName === 'KBD')
      .map(({ textContent }) => textContent),
  ).toEqual(['Ctrl', 'Shift', '.'])
})
