import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import { answerQuestion } from '@/test/question'
import { useComposer } from './useComposer'

const begun = (sent = vi.fn()) => {
  const composer = effectScope().run(() => useComposer(sampleTicket(), null, sent))
  if (!composer) throw new Error('no scope')
  return composer
}

it('gives the ticket a status with the answer', async () => {
  answers('run_doc_method', null)
  answers('frappe.client.set_value', {})
  const sent = vi.fn()
  const composer = effectScope().run(() => useComposer(sampleTicket(), null, sent))
  if (!composer) throw new Error('no scope')
  composer.open('reply')
  composer.draft.content = '<p>Done</p>'
  await composer.send('Resolved')
  expect(asked.map(({ method }) => method)).toEqual(['run_doc_method', 'frappe.client.set_value'])
  expect(asked[1]?.args).toMatchObject({ fieldname: { status: 'Resolved' } })
  expect(sent).toHaveBeenCalledOnce()
})

it('keeps the answer and the status when sending fails', async () => {
  refuses('run_doc_method', 'Mail is down')
  const composer = effectScope().run(() => useComposer(sampleTicket(), null, () => {}))
  if (!composer) throw new Error('no scope')
  composer.open('reply')
  composer.draft.content = '<p>Done</p>'
  await composer.send('Resolved')
  expect(composer.draft.content).toBe('<p>Done</p>')
  expect(asked).toHaveLength(1)
})

it('stays a comment when sending it fails', async () => {
  refuses('run_doc_method', 'No connection')
  const composer = begun()
  composer.open('comment')
  composer.draft.content = '<p>Between us</p>'
  await composer.send()
  expect([composer.mode.value, composer.draft.content]).toEqual(['comment', '<p>Between us</p>'])
  expect(asked.map(({ args }) => args.method)).toEqual(['new_comment'])
})

it('takes no file of a comment along into a reply', () => {
  const composer = begun()
  composer.open('comment')
  composer.files.value.attachments.value = [{ name: 'f', file_name: 'secret.pdf', file_url: '/f' }]
  composer.open('reply')
  expect(composer.files.value.attachments.value).toEqual([])
  composer.open('comment')
  expect(composer.files.value.attachments.value).toHaveLength(1)
})

it('asks once before it sends names that were not filled in', async () => {
  answers('run_doc_method', null)
  const composer = begun()
  composer.open('reply')
  composer.draft.content = '<p>Dear {{ customer_name }}</p>'
  const first = composer.send()
  await answerQuestion(false)
  await first
  expect(asked).toEqual([])
  const second = composer.send()
  await answerQuestion(true)
  await second
  expect(asked).toHaveLength(1)
})

it('says that the answer is out when only the status was refused', async () => {
  answers('run_doc_method', null)
  refuses('frappe.client.set_value', 'Not allowed')
  const sent = vi.fn()
  const composer = begun(sent)
  composer.open('reply')
  composer.draft.content = '<p>Done</p>'
  await composer.send('Resolved')
  expect(sent).toHaveBeenCalledOnce()
  expect(composer.mode.value).toBeNull()
})

it('says of a reply that it began as a draft by AI, and of no other', async () => {
  answers('run_doc_method', null)
  const composer = begun()
  composer.open('reply')
  composer.draft.content = '<p>Mine</p>'
  await composer.begin('<p>Draft</p>', true)
  await composer.send()
  expect(asked[0]?.args.args).toMatchObject({ message: '<p>Draft</p><p>Mine</p>', ai_draft: true })
  await composer.begin('<p>Link</p>')
  await composer.send()
  expect(asked[1]?.args.args).not.toHaveProperty('ai_draft')
})

it('begins a reply only after what is on its way has arrived', async () => {
  let arrive: (answer: null) => void = () => {}
  answers('run_doc_method', () => new Promise((resolve) => (arrive = resolve)))
  const composer = effectScope().run(() => useComposer(sampleTicket(), null, () => {}))
  if (!composer) throw new Error('no scope')
  composer.open('comment')
  composer.draft.content = '<p>For Arne</p>'
  const sending = composer.send()
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  const beginning = composer.begin('<p>Draft</p>', true)
  expect(composer.mode.value).toBe('comment')
  arrive(null)
  await Promise.all([sending, beginning])
  expect([composer.mode.value, composer.draft.content]).toEqual(['reply', '<p>Draft</p>'])
})
