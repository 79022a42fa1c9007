import { computed, shallowRef, watch } from 'vue'
import { useThrottleFn } from '@vueuse/core'
import { countGroups, countList } from '@/api/lists'
import { showError } from '@/lib/notify'
import { shippedName } from '@/lib/shippedNames'
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import type { Condition } from '@/types/list'
import type { ListView } from './useListView'

export interface StatusTab {
  name: string
  label: string
  /** The colour of the status, if the tab stands for one. */
  color?: string | null
  count: number | null
}

const EVERY_MS = 30_000
/** More statuses than these stand together under their categories. */
const MOST = 6
const ALL = 'all'
const MINE = 'mine'
const IS_MINE: Condition = ['_assign', 'like', '%@me%']

const isSame = (a: Condition, b: Condition) => JSON.stringify(a) === JSON.stringify(b)

/**
 * All, mine, and one tab per status, over the same conditions as everything else above a list. How many stand behind
 * each comes after the rows, in two questions, and again when other conditions hold or half a minute has passed.
 */
export function useStatusTabs({
  doctype,
  settings,
  rows,
}: Pick<ListView, 'doctype' | 'settings' | 'rows'>) {
  // prettier-ignore
  const masters = useMasters()
  const counts = shallowRef<Record<string, number>>({})
  const hasMany = computed(() => masters.statuses.length > MOST)
  const field = computed(() => (hasMany.value ? 'status_category' : 'status'))
  const isStatus = ([name]: Condition) => name === 'status' || name === 'status_category'
  /** What holds besides the tab. */
  const others = computed(() => settings.filters.filter((one) => !isStatus(one) && !isSame(one, IS_MINE))) // prettier-ignore

  const statuses = computed<Omit<StatusTab, 'count'>[]>(() => {
    if (!hasMany.value) return masters.statuses.map(({ name, label_agent, color }) => ({ name, label: shippedName(label_agent), color })) // prettier-ignore
    const categories = [...new Set(masters.statuses.map(({ category }) => category))]
    return categories.map((name) => ({ name, label: __(name) }))
  })
  const tabs = computed<StatusTab[]>(() =>
    [{ name: ALL, label: __('All') }, { name: MINE, label: __('Mine') }, ...statuses.value].map((tab) => ({ ...tab, count: counts.value[tab.name] ?? null })),
  ) // prettier-ignore

  const current = computed({
    get() {
      const chosen = settings.filters.filter(isStatus)
      const [only] = chosen
      if (only && (chosen.length > 1 || only[0] !== field.value || only[1] !== '=')) return ''
      if (only) return String(only[2])
      return settings.filters.some((one) => isSame(one, IS_MINE)) ? MINE : ALL
    },
    set(name: string) {
      if (name === ALL) settings.filters = others.value
      else if (name === MINE) settings.filters = [...others.value, IS_MINE]
      else settings.filters = [...others.value, [field.value, '=', name]]
    },
  })

  async function count(): Promise<void> {
    const asked = others.value
    try {
      const [groups, mine] = await Promise.all([
        countGroups(doctype, field.value, asked),
        countList(doctype, [...asked, IS_MINE]),
      ])
      if (asked !== others.value) return
      const all = Object.values(groups).reduce((sum, number) => sum + number, 0)
      const known = Object.fromEntries(statuses.value.map(({ name }) => [name, groups[name] ?? 0]))
      counts.value = { ...known, [ALL]: all, [MINE]: mine }
    } catch (error) {
      showError(error)
    }
  }
  const countAgain = useThrottleFn(count, EVERY_MS, true)
  const question = computed(() => JSON.stringify([field.value, others.value]))
  let counted = ''
  watch(rows, () => {
    if (!masters.statuses.length) return
    if (counted === question.value) return void countAgain()
    counted = question.value
    void count()
  })
  return { tabs, current }
}
