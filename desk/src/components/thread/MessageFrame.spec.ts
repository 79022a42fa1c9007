import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
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

it('passes keys on to the page, and takes back what the page has used', async () => {
  renderInDesk(MessageFrame, { html, title: 'Message' })
  const frame = screen.getByTitle<HTMLIFrameElement>('Message')
  await fireEvent.load(frame)
  const heard = vi.fn((event: Event) => event.preventDefault())
  document.addEventListener('keydown', heard, { once: true })
  const pressed = new KeyboardEvent('keydown', { key: '>', code: 'Period', shiftKey: true, cancelable: true }) // prettier-ignore
  frame.contentDocument?.dispatchEvent(pressed)
  expect(heard.mock.calls[0]?.[0]).toMatchObject({ key: '>', code: 'Period', shiftKey: true })
  expect(pressed.defaultPrevented).toBe(true)
})
