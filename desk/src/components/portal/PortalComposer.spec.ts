import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked, refuses } from '@/test/server'
import { ownKey } from '@/lib/ownStorage'
import PortalComposer from './PortalComposer.vue'

const REPLY = 'run_doc_method'
const sent = () => asked.find(({ method }) => method === REPLY)?.args
beforeEach(() => {
  const draft = { content: '<p>It still burns.</p>' }
  localStorage.setItem(ownKey('draft:7:mine'), JSON.stringify(draft))
})

it('goes on with what was begun, sends it, and folds', async () => {
  answers(REPLY, null)
  const { emitted } = renderInDesk(PortalComposer, { ticket: 7 })
  await userEvent.click(await screen.findByRole('button', { name: 'Send' }))
  await vi.waitFor(() => expect(emitted().sent).toHaveLength(1))
  expect(sent()).toMatchObject({ method: 'create_communication_via_contact' })
  expect(JSON.stringify(sent())).toContain('It still burns.')
  expect(await screen.findByRole('button', { name: 'Write an answer…' })).toBeTruthy()
})

it('keeps the text when the server refuses it', async () => {
  refuses(REPLY, 'The ticket is closed.')
  const { emitted } = renderInDesk(PortalComposer, { ticket: 7 })
  await userEvent.click(await screen.findByRole('button', { name: 'Send' }))
  await vi.waitFor(() => expect(sent()).toBeTruthy())
  expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy()
  expect(emitted().sent).toBeUndefined()
})
