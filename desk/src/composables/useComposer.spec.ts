import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { sampleTicket } from '@/test/samples'
import { useComposer } from './useComposer'

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
