import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleTicket } from '@/test/samples'
import { answers, asked, refuses } from '@/test/server'
import AiPanel from './AiPanel.vue'

const API = 'helpdesk.api.ai'
const suggested = (action: string, value = '', label = '') =>
  answers(`${API}.suggested_actions`, [{ action, value, label, reason: '' }])
async function press(name: RegExp): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Suggest what to do' }))
  await userEvent.click(await screen.findByRole('button', { name }))
}
beforeEach(() => answers(`${API}.get_summary`, null))
const shown = () => renderInDesk(AiPanel, { ticket: sampleTicket() })

it('has a reply written for the customer, and hands it over as a draft', async () => {
  suggested('reply')
  answers(`${API}.ask`, { text: 'Dear <Cleo>,\n\nall is well.', sources: [], for_customer: true })
  const { emitted } = shown()
  await press(/Write a reply/)
  await waitFor(() => expect(emitted('reply')).toHaveLength(1))
  expect(emitted('reply')).toEqual([['<p>Dear &lt;Cleo&gt;,</p><p>all is well.</p>', true]])
  expect(asked.at(-1)?.args).toMatchObject({ ticket: '7', for_customer: true })
})

it('links an article, which is no draft', async () => {
  suggested('link_article', 'a1', 'Paper jams')
  const { emitted } = shown()
  await press(/Link the article/)
  expect(emitted('reply')?.[0]).toEqual([expect.stringContaining('/kb/articles/a1"'), false])
})

it('asks before it changes something', async () => {
  suggested('set_priority', 'Low', 'Low')
  const { emitted } = shown()
  await press(/Set the priority to Low/)
  expect(emitted('change')).toBeUndefined()
  await userEvent.click(await screen.findByRole('button', { name: 'Do it' }))
  expect(emitted('change')).toEqual([[{ priority: 'Low' }]])
})

it('says why no reply was written', async () => {
  suggested('reply')
  refuses(`${API}.ask`, 'The AI service refused the key.')
  const { emitted } = shown()
  await press(/Write a reply/)
  expect((await screen.findByRole('alert')).textContent).toBe('The AI service refused the key.')
  expect(emitted('reply')).toBeUndefined()
})
