import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ArticleEditor from './ArticleEditor.vue'

it('shows the text, and hands on what is written', async () => {
  const { emitted, container } = renderInDesk(ArticleEditor, { label: 'Text', modelValue: '<p>Turn it off.</p>' }) // prettier-ignore
  const group = await screen.findByRole('group', { name: 'Text' })
  await waitFor(() => expect(group.textContent).toContain('Turn it off.'))
  const page = container.querySelector<HTMLElement>('[contenteditable="true"]')
  if (!page) throw new Error('There is nowhere to write.')
  page.innerHTML = '<h2>First</h2><p>Turn it on.</p>'
  await fireEvent.input(page)
  await waitFor(() => expect(emitted('update:modelValue')?.at(-1)).toEqual(['<h2>First</h2><p>Turn it on.</p>'])) // prettier-ignore
})
