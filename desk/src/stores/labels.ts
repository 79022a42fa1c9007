import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { listLabels, listUsedTags, type TicketLabel } from '@/api/labels'

/** The labels of tickets with their colors, fetched once. */
export const useLabels = defineStore('labels', () => {
  const labels = shallowRef<TicketLabel[]>([])
  const used = shallowRef<string[]>([])
  let loading: Promise<void> | null = null

  /** Fetch them unless they are there; a failed attempt may be repeated. */
  function load(): Promise<void> {
    loading ??= listLabels()
      .then((found) => void (labels.value = found))
      .catch((error: unknown) => {
        loading = null
        throw error
      })
    return loading
  }
  /** Others add tags at any time: they are asked for anew whenever somebody chooses. */
  async function loadUsed(): Promise<void> {
    used.value = await listUsedTags()
  }

  const byName = computed(() => new Map(labels.value.map((label) => [label.name, label])))
  /** All that can be chosen: those with a color first. */
  const names = computed(() => [...new Set([...labels.value.map(({ name }) => name), ...used.value])]) // prettier-ignore
  const find = (name: string) => byName.value.get(name)
  return { labels, names, find, load, loadUsed }
})
