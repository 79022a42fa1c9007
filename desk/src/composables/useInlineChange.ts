import { shallowRef } from 'vue'
import { changeRow } from '@/api/lists'
import { showError } from '@/lib/notify'
import type { ListRow } from '@/types/list'
import type { ListView } from './useListView'

/** What of a ticket is changed without leaving the list. */
export type InlineField = 'status' | 'priority'
export const INLINE_FIELDS: InlineField[] = ['status', 'priority']

/** One cell of a list being changed: the menu beside it, and the choice, which shows at once and goes back when refused. */
export function useInlineChange(list: Pick<ListView, 'doctype' | 'show'>) {
  const asking = shallowRef<{ row: ListRow; field: InlineField; anchor: HTMLElement } | null>(null)

  function ask(row: ListRow, field: InlineField, anchor: HTMLElement): void {
    asking.value = { row, field, anchor }
  }
  async function choose(value: string): Promise<void> {
    if (!asking.value) return
    const { row, field } = asking.value
    asking.value = null
    if (row[field] === value) return
    const settle = list.show([row.name], { [field]: value })
    try {
      await changeRow(list.doctype, row.name, { [field]: value })
      settle(row.name, true)
    } catch (error) {
      settle(row.name, false)
      showError(error)
    }
  }
  return { asking, ask, choose }
}
