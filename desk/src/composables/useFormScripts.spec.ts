import { effectScope } from 'vue'
import { expect, it, vi } from 'vitest'
import { useFormScripts } from './useFormScripts'

const dependency = `function setupForm({ doc, applyFilters, updateField }) {
  return {
    actions: [{ label: 'Refund', onClick: () => updateField('refunded', 1) }],
    onChange: { brand: (value) => applyFilters('model', { Acme: ['A1', 'A2'] }[value] || []) },
  }
}`

async function ready(script: string, doc: Record<string, unknown>) {
  const update = vi.fn()
  const form = effectScope().run(() =>
    useFormScripts({ scripts: [script], doc, record: 1, update }),
  )
  if (!form) throw new Error('no scope')
  await vi.waitFor(() => expect(form.actions.value.length).toBeGreaterThan(0))
  return { form, update }
}
vi.mock('vue-router', async (original) => ({
  ...(await original<object>()),
  useRouter: () => ({}),
}))

it('narrows a field by another, and empties a value that no longer fits', async () => {
  const { form, update } = await ready(dependency, { model: 'B7' })
  await form.changed('brand', 'Acme')
  expect(form.narrowed.value.model?.map(({ value }) => value)).toEqual(['A1', 'A2'])
  expect(update).toHaveBeenCalledWith('model', '')
})

it('offers its buttons', async () => {
  const { form, update } = await ready(dependency, {})
  await form.actions.value[0]?.onClick()
  expect(update).toHaveBeenCalledWith('refunded', 1)
})

it('goes on with the other scripts when one fails', async () => {
  const update = vi.fn()
  const form = effectScope().run(() =>
    useFormScripts({
      scripts: ['function setupForm() { throw new Error("broken") }', dependency],
      doc: {},
      record: 1,
      update,
    }),
  )
  await vi.waitFor(() => expect(form?.actions.value.map(({ label }) => label)).toEqual(['Refund']))
})
