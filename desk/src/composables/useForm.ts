import { computed, reactive, ref } from 'vue'
import { __ } from '@/lib/translate'
import type { FormField } from '@/types/form'

export type Values = Record<string, unknown>
type Fields = () => FormField[]

/** Whether a field means anything beside what else is filled in. */
export function isRelevant(field: FormField, values: Values): boolean {
  return field.when?.(values) ?? true
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length) // prettier-ignore
}

const copy = (values: Values) => JSON.parse(JSON.stringify(values)) as Values
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** A form: its values, which of them differ from what was taken, what is missing, and sending them once. */
export function useForm(fields: Fields, initial: Values = {}) {
  const values = reactive<Values>({})
  const pristine = ref<Values>({})
  const errors = ref<Record<string, string>>({})
  const isSaving = ref(false)
  const changes = computed(() => Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSame(value, pristine.value[name])))) // prettier-ignore
  const isChanged = computed(() => Object.keys(changes.value).length > 0)

  /** Begin anew from these values. */
  function take(found: Values): void {
    for (const key of Object.keys(values)) Reflect.deleteProperty(values, key)
    Object.assign(values, found)
    for (const field of fields())
      if (field.column || field.type === 'table') values[field.name] ??= []
    pristine.value = copy(values)
    errors.value = {}
  }
  /** These values are stored; what else was typed stays as it is, and unsaved. */
  function keep(stored: Values): void {
    Object.assign(values, stored)
    pristine.value = { ...pristine.value, ...copy(stored) }
  }
  function check(): boolean {
    const missing = fields().filter((field) => field.required && isRelevant(field, values) && isBlank(values[field.name])) // prettier-ignore
    errors.value = Object.fromEntries(missing.map((field) => [field.name, __('{0} is needed.', field.label)])) // prettier-ignore
    return !missing.length
  }
  /** Send a copy; false when something is missing or it is on its way already. What the server refuses is thrown. */
  async function submit(send: (values: Values) => Promise<unknown>): Promise<boolean> {
    if (isSaving.value || !check()) return false
    isSaving.value = true
    try {
      await send({ ...values })
      pristine.value = copy(values)
      return true
    } finally {
      isSaving.value = false
    }
  }
  take(initial)
  return { values, errors, isSaving, isChanged, changes, take, keep, check, submit }
}
