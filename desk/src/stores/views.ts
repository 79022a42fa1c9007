import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import * as api from '@/api/views'
import type { SavedView } from '@/types/list'
import { useSession } from './session'

/** The saved views somebody may choose from: their own, the public ones, and for managers the shipped ones they hid. */
export const useViews = defineStore('views', () => {
  const views = shallowRef<SavedView[]>([])
  const session = useSession()
  let loading: Promise<void> | null = null

  async function fetchAll(): Promise<void> {
    views.value = await api.listViews()
  }
  function load(): Promise<void> {
    loading ??= fetchAll().catch((error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }

  const isMine = (view: SavedView) => view.user === session.user?.user_id
  /** Managers may see those of others, too; they are no choice for them. */
  const named = computed(() =>
    views.value.filter(
      (view) => !view.is_default && (view.public || view.is_standard || isMine(view)),
    ),
  )
  const publicViews = computed(() => named.value.filter((view) => view.public))
  const pinnedViews = computed(() =>
    named.value.filter((view) => view.pinned && isMine(view) && !view.public),
  )
  const find = (name: string) => views.value.find((view) => view.name === name)
  const defaultOf = (doctype: string, isPortal: boolean) =>
    views.value.find(
      (view) =>
        view.is_default &&
        view.dt === doctype &&
        Boolean(view.is_customer_portal) === isPortal &&
        isMine(view),
    )

  async function create(values: Partial<SavedView>): Promise<SavedView> {
    const made = await api.createView({ user: session.user?.user_id ?? null, ...values })
    views.value = [...views.value, made]
    return made
  }
  async function change(name: string, values: Partial<SavedView>): Promise<SavedView> {
    const changed = await api.changeView(name, values)
    views.value = views.value.map((view) => (view.name === name ? { ...view, ...changed } : view))
    return changed
  }
  async function remove(name: string): Promise<void> {
    await api.deleteView(name)
    views.value = views.value.filter((view) => view.name !== name)
  }
  /** Who may change or delete a view: its owner, and managers when it is public. */
  function mayChange(view: SavedView): boolean {
    if (view.is_standard) return false
    return view.public ? Boolean(session.user?.is_manager) : isMine(view)
  }

  return {
    views,
    named,
    publicViews,
    pinnedViews,
    load,
    find,
    defaultOf,
    isMine,
    mayChange,
    create,
    change,
    remove,
  }
})
