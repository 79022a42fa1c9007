import { expect, it } from 'vitest'
import { screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import RichTextField from './RichTextField.vue'

it('shows the text with its formatting, and offers nothing before braces are opened', async () => {
  const variables = async () => [{ name: 'ticket.name', label: 'Number' }]
  renderInDesk(RichTextField, { label: 'Text', modelValue: '<p>Dear <b>you</b></p>', variables })
  const word = await screen.findByText('you', {}, { timeout: 15_000 })
  expect(word.tagName).toBe('STRONG')
  expect(screen.queryByRole('listbox')).toBeNull()
}, 20_000)
