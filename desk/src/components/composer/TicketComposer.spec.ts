import { effectScope } from 'vue'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { sampleMail, sampleTicket } from '@/test/samples'
import { useComposer } from '@/composables/useComposer'
import TicketComposer from './TicketComposer.vue'

// The rich-text editor is frappe-ui's business; here it is a text area.
vi.mock('./RichEditor.vue', () => ({
  __esModule: true,
  __isTeleport: false,
  __isKeepAlive: false,
  default: {
    props: ['modelValue', 'label'],
    emits: ['update:modelValue'],
    template:
      '<textarea :aria-label="label" :value="modelValue" @input="$emit(\'update:modelValue\', $event.target.value)" />',
  },
}))

async function write(text: string): Promise<void> {
  await userEvent.type(await screen.findByRole('textbox', { name: /text$/ }), text)
}

describe('the composer', () => {
  beforeEach(() => {
    answers('run_doc_method', null)
    answers('helpdesk.api.auth.get_current_user_email_info', {
      email: 'anna@x',
      email_signature: null,
      outgoing_emails: [],
    })
  })

  it('sends a reply to the requester and forgets the draft', async () => {
    const { emitted } = renderInDesk(TicketComposer, { ticket: sampleTicket() })
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
    await write('All good')
    await userEvent.click(screen.getByRole('button', { name: 'Send reply' }))
    await vi.waitFor(() => expect(emitted().sent).toHaveLength(1))
    expect(asked.find(({ method }) => method === 'run_doc_method')?.args).toMatchObject({
      method: 'reply_via_agent',
      args: { message: 'All good', to: 'cleo@customer.test' },
    })
    expect(localStorage.length).toBe(0)
  })

  it('keeps what was written when sending fails', async () => {
    refuses('run_doc_method', 'No outgoing account')
    renderInDesk(TicketComposer, { ticket: sampleTicket() })
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
    await write('For Arne')
    await userEvent.click(screen.getByRole('button', { name: 'Add comment' }))
    await vi.waitFor(() =>
      expect(asked.some(({ method }) => method === 'run_doc_method')).toBe(true),
    )
    expect(
      (screen.getByRole('textbox', { name: 'Comment text' }) as HTMLTextAreaElement).value,
    ).toBe('For Arne')
  })

  it('remembers what the last reply made of its ticket', async () => {
    answers('frappe.client.set_value', {})
    const first = renderInDesk(TicketComposer, { ticket: sampleTicket() })
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
    await write('Done')
    await userEvent.click(screen.getByRole('button', { name: 'Send and change the status' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Send and set to Resolved' }))
    await vi.waitFor(() => expect(first.emitted().sent).toHaveLength(1))
    first.unmount()
    const second = renderInDesk(TicketComposer, { ticket: sampleTicket({ name: 8 }) })
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
    expect(screen.getByText('The status becomes Resolved.')).toBeTruthy()
    await write('Done too')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await vi.waitFor(() => expect(second.emitted().sent).toHaveLength(1))
    expect(asked.at(-1)?.args).toMatchObject({ name: '8', fieldname: { status: 'Resolved' } })
  })

  it('goes away with a press outside, keeps what was written, and says so', async () => {
    renderInDesk({ components: { TicketComposer }, setup: () => ({ ticket: sampleTicket() }), template: '<div><p>Ground</p><button>Use</button><TicketComposer :ticket="ticket" /></div>' }) // prettier-ignore
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
    await write('Half a sent')
    await userEvent.click(screen.getByRole('button', { name: 'Use' }))
    expect(screen.getByRole('textbox', { name: 'Reply text' })).toBeTruthy()
    await userEvent.click(screen.getByText('Ground'))
    expect(screen.queryByRole('textbox', { name: 'Reply text' })).toBeNull()
    expect(screen.getByText('A reply is not sent yet')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Reply' }))
    const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply text' })
    expect(text.value).toBe('Half a sent')
  })

  it('says that customers never see a comment', async () => {
    renderInDesk(TicketComposer, { ticket: sampleTicket() })
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }))
    expect(screen.getByText(/Customers never see it/)).toBeTruthy()
  })
})

it('answers one message with the original below, unless it is left out', async () => {
  answers('run_doc_method', null)
  answers('helpdesk.api.auth.get_current_user_email_info', {
    email: 'anna@x',
    email_signature: '<p>Anna</p>',
    outgoing_emails: [],
  })
  const shown = effectScope().run(() =>
    useComposer(sampleTicket(), { email: '', email_signature: null, outgoing_emails: [] }, vi.fn()),
  )
  shown?.answer(sampleMail({ sender: 'carl@c.test' }), false)
  if (shown) shown.draft.content = '<p>Yes</p>'
  await shown?.send()
  const sent = asked.at(-1)?.args.args as { message: string; to: string }
  expect(sent.to).toBe('carl@c.test')
  expect(sent.message).toContain('<p>Yes</p>')
  expect(sent.message).toContain('It really is.')
})
