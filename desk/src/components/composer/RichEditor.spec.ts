import { h, nextTick } from 'vue'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import RichEditor from './RichEditor.vue'

interface Exposed {
  insert: (html: string) => void
  replaceAround: (before: number, after: number, text: string) => void
}
const about = { modelValue: '<p>Dear {{ tic</p>', label: 'Text', placeholder: 'Write here' }
const picture = new File(['x'], 'screen.png', { type: 'image/png' })

async function shown(props: object = {}) {
  let exposed: Exposed | undefined
  const Holder = {
    components: { RichEditor },
    setup: () => ({ take: (given: Exposed) => (exposed = given), ...about, ...props }),
    template: `<RichEditor :ref="take" v-bind="$attrs" :model-value="modelValue" :label="label" :placeholder="placeholder" />`,
  }
  const heard = { text: [] as string[], files: [] as File[][] }
  renderInDesk(Holder, {
    'onUpdate:modelValue': (html: string) => heard.text.push(html),
    onFiles: (files: File[]) => heard.files.push(files),
  })
  await waitFor(() => expect(document.querySelector('.ProseMirror')).not.toBeNull())
  return { editor: exposed as Exposed, heard }
}

it('has a name, and shows what is written', async () => {
  await shown()
  expect(screen.getByRole('group', { name: 'Text' }).textContent).toContain('Dear {{ tic')
})

it('puts a text in the place of what stands around the cursor', async () => {
  const { editor, heard } = await shown({ modelValue: '' })
  editor.insert('Dear {{ tic')
  editor.replaceAround('{{ tic'.length, 0, '{{ ticket.name }}')
  await nextTick()
  expect(heard.text.at(-1)).toContain('Dear {{ ticket.name }}')
})

it.each([
  ['pasted', fireEvent.paste, 'clipboardData'],
  ['dropped', fireEvent.drop, 'dataTransfer'],
] as const)('hands on files that are %s', async (_, act, carrier) => {
  const { heard } = await shown()
  const group = screen.getByRole('group', { name: 'Text' })
  await act(group, { [carrier]: { files: [picture] } })
  expect(heard.files).toEqual([[picture]])
  await act(group, { [carrier]: { files: [] } })
  expect(heard.files).toHaveLength(1)
})

it('does not send the form around it when somebody makes a word bold', async () => {
  const sent = vi.fn()
  renderInDesk(() => h('form', { onSubmit: sent }, h(RichEditor, about)))
  await fireEvent.click(await screen.findByTitle('Bold'))
  expect(sent).not.toHaveBeenCalled()
})
