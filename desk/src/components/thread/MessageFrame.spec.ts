import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import MessageFrame from './MessageFrame.vue'

const html = '<p>Hi</p><img src="https://spy.example/pixel.png"><script>alert(1)</script>'

it('runs no scripts and loads remote pictures only when asked', async () => {
  renderInDesk(MessageFrame, { html, title: 'Message' })
  const frame = screen.getByTitle('Message')
  expect(frame.getAttribute('sandbox')).not.toContain('allow-scripts')
  expect(frame.getAttribute('srcdoc')).not.toMatch(/alert|spy/)
  await userEvent.click(screen.getByRole('button', { name: 'Show remote images' }))
  expect(screen.getByTitle('Message').getAttribute('srcdoc')).toContain('spy.example')
})
