import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { toast } from 'frappe-ui'
import * as api from '@/api/knowledge'
import { useBusy } from './useBusy'
import { useLoaded } from './useLoaded'
import { isBlank } from '@/lib/html'
import { __ } from '@/lib/translate'

interface Setup {
  /** The article; none while it is being written for the first time. */
  article: () => string | undefined
  /** The category of a new one. */
  category: () => string | undefined
  isEditing: boolean
}

/** An article being read, written, published, moved. A new one is a draft until somebody publishes it. */
export function useArticleEditor(setup: Setup) {
  const router = useRouter()
  const { isBusy, run } = useBusy()
  const title = ref('')
  const content = ref('')
  const isEditing = ref(setup.isEditing)
  const loaded = useLoaded(setup.article, async () => {
    const name = setup.article()
    if (!name) return null
    const [article, stats] = await Promise.all([api.getArticle(name), api.getArticleStats(name)])
    return { article, stats }
  })
  const { data, reload } = loaded
  const before = computed(() => ({ title: data.value?.article.title ?? '', content: data.value?.article.content ?? '' })) // prettier-ignore
  const isChanged = computed(() => isEditing.value && (title.value !== before.value.title || content.value !== before.value.content)) // prettier-ignore
  const canSave = computed(() => Boolean(title.value.trim()) && !isBlank(content.value))
  function reset(): void {
    title.value = before.value.title
    content.value = before.value.content
  }
  /** What comes anew replaces what is shown, but never what somebody has written meanwhile. */
  watch(data, (_, old) => {
    const isTouched = title.value !== (old?.article.title ?? '') || content.value !== (old?.article.content ?? '') // prettier-ignore
    if (!isEditing.value || !isTouched) reset()
  })

  async function act(work: () => Promise<unknown>, done: string): Promise<void> {
    const isDone = await run(async () => {
      await work()
      toast.success(done)
    })
    if (isDone && setup.article()) await reload()
  }
  async function store(): Promise<void> {
    const values = { title: title.value.trim(), content: content.value }
    const name = setup.article()
    if (name) await api.changeArticle(name, values)
    const made = name ? null : await api.createArticle({ ...values, category: setup.category() ?? '' }) // prettier-ignore
    isEditing.value = false
    if (made) await router.replace(`/kb/articles/${made.name}`)
  }
  const save = () => act(store, __('Saved'))
  const setStatus = (status: api.Article['status']) => act(() => api.changeArticle(setup.article() ?? '', { status }), __('Saved')) // prettier-ignore
  const move = (category: string) => act(() => api.moveArticles([setup.article() ?? ''], category), __('Moved')) // prettier-ignore
  async function remove(): Promise<void> {
    await api.deleteArticles([setup.article() ?? ''])
    isEditing.value = false
    await router.push('/kb')
  }
  async function discard(): Promise<void> {
    isEditing.value = false
    reset()
    if (!setup.article()) await router.push('/kb')
  }
  return { ...loaded, title, content, isEditing, isChanged, isBusy, canSave, save, setStatus, move, remove, discard } // prettier-ignore
}
