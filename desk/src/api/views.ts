/** Saved views of lists. */
import { deleteDocument, insertDocument, listDocuments, updateDocument } from './documents'
import type { SavedView } from '@/types/list'

const VIEW = 'HD View'
const FIELDS = [
  'name', 'label', 'icon', 'user', 'dt', 'type', 'route_name', 'is_default', 'is_standard', 'is_customer_portal',
  'pinned', 'public', 'filters', 'order_by', 'columns', 'rows', 'group_by_field',
] // prettier-ignore

export function listViews(): Promise<SavedView[]> {
  return listDocuments<SavedView>(VIEW, { fields: FIELDS, orderBy: 'label asc' })
}

export function createView(values: Partial<SavedView>): Promise<SavedView> {
  return insertDocument<SavedView>(VIEW, values)
}

export function changeView(name: string, values: Partial<SavedView>): Promise<SavedView> {
  return updateDocument<SavedView>(VIEW, name, values)
}

export function deleteView(name: string): Promise<void> {
  return deleteDocument(VIEW, name)
}
