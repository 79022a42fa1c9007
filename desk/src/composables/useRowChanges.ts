import { computed, shallowRef } from 'vue'
import { grouped } from '@/lib/groups'
import type { ListRow } from '@/types/list'

type Name = ListRow['name']
/** The values a row is to have, or how they follow from those it has. */
export type Change = object | ((row: ListRow) => object)

const changed = (row: ListRow, change: Change): ListRow => ({
  ...row,
  ...(typeof change === 'function' ? change(row) : change),
})

/**
 * Rows with the changes that are on their way to the server. They show at once and lie over whatever is fetched
 * meanwhile; what the server refuses falls away, and the row is as it was.
 */
export function useRowChanges() {
  const loaded = shallowRef<ListRow[]>([])
  const pending = shallowRef<{ name: string; change: Change }[]>([])
  const rows = computed(() => {
    if (!pending.value.length) return loaded.value
    const changesOf = new Map(grouped(pending.value, ({ name }) => name))
    return loaded.value.map((row) =>
      (changesOf.get(String(row.name)) ?? []).reduce((shown, { change }) => changed(shown, change), row),
    ) // prettier-ignore
  })

  /** Show a change at once. Say of each row what the server answered: the change stays, or the row goes back. */
  function show(names: Name[], change: Change): (name: Name, isKept: boolean) => void {
    const entries = names.map((name) => ({ name: String(name), change }))
    pending.value = [...pending.value, ...entries]
    return (name, isKept) => {
      const mine = entries.find((entry) => entry.name === String(name))
      if (isKept) loaded.value = loaded.value.map((row) => String(row.name) === String(name) ? changed(row, change) : row) // prettier-ignore
      pending.value = pending.value.filter((entry) => entry !== mine)
    }
  }
  return { loaded, rows, show }
}
