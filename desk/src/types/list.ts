/** Lists and the views people save of them, as the server keeps them. */

export type FilterValue = string | number | boolean | null | (string | number)[]
export type Condition = [field: string, operator: string, value: FilterValue]

export interface FilterField {
  fieldname: string
  fieldtype: string
  label: string
  options: string | null
}

export interface QuickFilter {
  name: string
  label: string
  type: string
  options: string | { label: string; value: string }[] | null
}

export interface Column {
  key: string
  label: string
  type: string
  width: string
  options?: string | null
}

export interface SortKey {
  field: string
  direction: 'asc' | 'desc'
}

export interface Choice {
  label: string
  value: string
}

export type ListRow = { name: string | number } & Record<string, unknown>

export interface GroupBy {
  label: string
  name: string
  type: string
  options: (string | { label: string; value: string })[]
}

export interface SavedView {
  name: string
  label: string
  icon: string | null
  user: string | null
  dt: string
  type: 'list' | 'group_by' | 'kanban'
  route_name: string | null
  is_default: 0 | 1
  is_standard: 0 | 1
  is_customer_portal: 0 | 1
  pinned: 0 | 1
  public: 0 | 1
  filters: string | null
  order_by: string | null
  columns: string | null
  rows: string | null
  group_by_field: string | null
}
