import { beforeEach, expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import { useArticleEditor } from './useArticleEditor'

const article = { name: 'a1', title: 'Setting up', content: '<p>Plug it in.</p>', status: 'Draft' }

beforeEach(() => {
  answers('helpdesk.api.knowledge_base.get_article', article)
  answers('helpdesk.api.article.get_article_stats', { views: 0, likes: 0, dislikes: 0 })
})

async function opened() {
  const found: ReturnType<typeof useArticleEditor>[] = []
  renderInDesk({ setup: () => (found.push(useArticleEditor({ article: () => 'a1', category: () => undefined, isEditing: true })), () => null) }) // prettier-ignore
  const [editor] = found
  if (!editor) throw new Error('The component was not set up.')
  await expect.poll(() => editor.state.value).toBe('ready')
  return editor
}

it('begins to edit with what is stored', async () => {
  const editor = await opened()
  expect([editor.title.value, editor.content.value]).toEqual(['Setting up', '<p>Plug it in.</p>'])
  expect(editor.isChanged.value).toBe(false)
})

it('keeps what was written when the article is fetched anew, and puts it back when it is discarded', async () => {
  const editor = await opened()
  editor.title.value = 'My title'
  await editor.reload()
  expect(editor.title.value).toBe('My title')
  await editor.discard()
  expect(editor.title.value).toBe('Setting up')
})
