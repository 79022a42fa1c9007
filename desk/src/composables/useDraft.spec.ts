import { effectScope, nextTick, ref } from 'vue'
import { expect, it } from 'vitest'
import { ownKey } from '@/lib/ownStorage'
import { useDraft } from './useDraft'

it('is kept for its ticket, and begins afresh for another', async () => {
  const key = ref('one')
  const { draft, discard } = effectScope().run(() =>
    useDraft(key, () => ({ to: 'cleo' })),
  ) as ReturnType<typeof useDraft>
  expect(draft.to).toBe('cleo')
  draft.content = '<p>half a sent</p>'
  await nextTick()
  key.value = 'two'
  await nextTick()
  expect(draft.content).toBe('')
  key.value = 'one'
  await nextTick()
  expect(draft.content).toBe('<p>half a sent</p>')
  discard()
  expect(localStorage.getItem(ownKey('draft:one'))).toBeNull()
})
