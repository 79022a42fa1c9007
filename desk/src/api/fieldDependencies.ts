/** Dependencies between fields of tickets: which values of one may follow from the value of another. */
import { listDocuments, deleteDocument, updateDocument } from './documents'
import { call } from './request'
import type { FilterField } from '@/types/list'

const SCRIPT = 'HD Form Script'
const PREFIX = 'Field Dependency-'
/** Stands for every value of the parent. */
export const ANY = 'Any'

export type Mapping = Record<string, string[]>
export interface Rule {
  enabled: boolean
  value: string[]
}
export interface Criteria {
  display: Rule
  mandatory: Rule
}
export interface DependencyRow {
  name: string
  enabled: 0 | 1
  parent_field: string
  child_field: string
}
export interface Dependency {
  parent_field: string
  child_field: string
  enabled: boolean
  mapping: Mapping
  criteria: Criteria
}

export async function listDependencies(): Promise<DependencyRow[]> {
  const rows = await listDocuments<{ name: string; enabled: 0 | 1 }>(SCRIPT, {
    fields: ['name', 'enabled'],
    filters: { name: ['like', `${PREFIX}%`], is_standard: 1 },
    orderBy: 'name asc',
  })
  return rows.map((row) => {
    const [parent_field = '', child_field = ''] = row.name.slice(PREFIX.length).split('-')
    return { ...row, parent_field, child_field }
  })
}

type StoredRule = { enabled?: boolean; value?: (string | { value: string })[] } | undefined
const readRule = (rule: StoredRule): Rule => ({
  enabled: Boolean(rule?.enabled),
  value: (rule?.value ?? []).map((one) => (typeof one === 'string' ? one : one.value)),
})
interface Stored {
  parent_field: string
  child_field: string
  enabled: 0 | 1
  parent_child_mapping: Mapping | null
  fields_criteria: { display?: StoredRule; mandatory?: StoredRule } | null
}
const API = 'helpdesk.api.settings.field_dependency'

export async function getDependency(name: string): Promise<Dependency> {
  const stored = await call<Stored>(`${API}.get_field_dependency`, { name })
  const { display, mandatory } = stored.fields_criteria ?? {}
  return {
    parent_field: stored.parent_field,
    child_field: stored.child_field,
    enabled: Boolean(stored.enabled),
    mapping: stored.parent_child_mapping ?? {},
    criteria: { display: readRule(display), mandatory: readRule(mandatory) },
  }
}
export const saveDependency = ({ parent_field, child_field, enabled, mapping, criteria }: Dependency) =>
  call<string>(`${API}.create_update_field_dependency`, { parent_field, child_field, enabled, parent_child_mapping: JSON.stringify(mapping), fields_criteria: JSON.stringify(criteria) }) // prettier-ignore
export const setDependencyEnabled = (name: string, isEnabled: boolean) =>
  updateDocument<object>(SCRIPT, name, { enabled: isEnabled ? 1 : 0 })
export const deleteDependency = (name: string) => deleteDocument(SCRIPT, name)

/** Every value a field may have: the choices of a select, the records a link may point to. */
export async function listValues({ fieldtype, options }: FilterField): Promise<string[]> {
  if (fieldtype !== 'Link') return (options ?? '').split('\n').filter(Boolean)
  const rows = await listDocuments<{ name: string }>(options ?? '', { fields: ['name'], orderBy: 'name asc' }) // prettier-ignore
  return rows.map(({ name }) => name)
}
