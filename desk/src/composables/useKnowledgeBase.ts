import { computed, ref } from 'vue'
import { useRouter } from 'vue-router'
import { toast } from 'frappe-ui'
import * as api from '@/api/knowledge'
import { useBusy } from './useBusy'
import { useLoaded } from './useLoaded'
import { __ } from '@/lib/translate'

export const GENERAL = 'General'

/** The knowledge base as those who write it arrange it. An order is shown at once, and put back when it is refused. */
export function useKnowledgeBase() {
  const router = useRouter()
  const { run } = useBusy()
  const ticked = ref<string[]>([])
  const loaded = useLoaded(() => 'kb', api.listShelves)
  const { data, reload } = loaded
  const shelves = computed(() => data.value?.shelves ?? [])
  const articlesOf = (shelf: api.Shelf) => data.value?.articles.filter(({ category }) => category === shelf.name) ?? [] // prettier-ignore
  /** Archived articles stand on no shelf. */
  const archived = computed(() => data.value?.articles.filter(({ category }) => !category) ?? [])

  async function act(work: () => Promise<unknown>, done = __('Saved')): Promise<void> {
    await run(async () => {
      await work()
      toast.success(done)
    })
    await reload()
  }
  async function orderShelves(next: api.Shelf[]): Promise<void> {
    if (data.value) data.value = { ...data.value, shelves: next }
    if (!(await run(() => api.orderCategories(next.map(({ name }) => name))))) await reload()
  }
  async function orderArticles(next: api.ArticleLine[]): Promise<void> {
    const names = next.map(({ name }) => name)
    if (data.value) data.value = { ...data.value, articles: [...data.value.articles.filter(({ name }) => !names.includes(name)), ...next] } // prettier-ignore
    if (!(await run(() => api.orderArticles(names)))) await reload()
  }
  /** A new category begins with an article, opened to be written. */
  async function newShelf(title: string): Promise<void> {
    const made = await api.createCategory(title)
    await router.push({ path: `/kb/articles/${made.article}`, query: { isEdit: '1' } })
  }
  async function rename(shelf: api.Shelf, title: string): Promise<void> {
    await api.renameCategory(shelf.name, title)
    await reload()
  }
  const removeShelf = (shelf: api.Shelf) => act(() => api.deleteCategory(shelf.name), __('Deleted'))
  const merge = (shelf: api.Shelf, target: string) => act(() => api.mergeCategory(shelf.name, target)) // prettier-ignore
  async function forTicked(
    work: (names: string[]) => Promise<unknown>,
    done?: string,
  ): Promise<void> {
    // prettier-ignore
    await act(() => work(ticked.value), done)
    ticked.value = []
  }
  const moveTicked = (target: string) => forTicked((names) => api.moveArticles(names, target))
  const deleteTicked = () => forTicked(api.deleteArticles, __('Deleted'))
  return { ...loaded, shelves, articlesOf, archived, ticked, orderShelves, orderArticles, newShelf, rename, removeShelf, merge, moveTicked, deleteTicked } // prettier-ignore
}
