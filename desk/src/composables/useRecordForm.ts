import { computed, reactive, ref } from 'vue'
import { getDocument, insertDocument, saveDocument } from '@/api/documents'
import { __ } from '@/lib/translate'
import type { RecordKind } from '@/types/form'

type Values = Record<string, unknown>

/** A record being made or changed: its values, what is missing, and saving it whole. */
export function useRecordForm(kind: RecordKind, name: string | null) {
  const values = reactive<Values>({})
  const pristine = ref('')
  const errors = ref<Record<string, string>>({})
  const isSaving = ref(false)
  const isNew = name === null
  const isChanged = computed(
    () => pristine.value !== '' && JSON.stringify(values) !== pristine.value,
  )

  function take(found: Values): void {
    Object.assign(values, found)
    for (const field of kind.fields) if (field.type === 'table') values[field.name] ??= []
    pristine.value = JSON.stringify(values)
  }
  async function load(): Promise<void> {
    take(isNew ? { ...kind.defaults } : await getDocument<Values>(kind.doctype, name))
  }
  function check(): boolean {
    const isBlank = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length) // prettier-ignore
    const missing = kind.fields.filter((field) => field.required && isBlank(values[field.name]))
    errors.value = Object.fromEntries(missing.map((field) => [field.name, __('{0} is needed.', field.label)])) // prettier-ignore
    return !missing.length
  }
  /** Save; false when something is missing. What the server refuses is thrown. */
  async function save(): Promise<boolean> {
    if (!check()) return false
    isSaving.value = true
    try {
      const write = isNew ? insertDocument<Values> : saveDocument<Values>
      take(await write(kind.doctype, values))
      return true
    } finally {
      isSaving.value = false
    }
  }
  return { values, errors, isSaving, isNew, isChanged, load, save }
}
