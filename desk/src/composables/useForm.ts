import { computed, reactive, ref } from 'vue'
import { __ } from '@/lib/translate'
import type { FormField } from '@/types/form'

export type Values = Record<string, unknown>
type Fields = () => FormField[]

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length) // prettier-ignore
}

/** A form: its values, whether they differ from what was taken, what is missing, and sending them once. */
export function useForm(fields: Fields, initial: Values = {}) {
  const values = reactive<Values>({})
  const pristine = ref('')
  const errors = ref<Record<string, string>>({})
  const isSaving = ref(false)
  const isChanged = computed(() => pristine.value !== '' && JSON.stringify(values) !== pristine.value) // prettier-ignore

  /** Begin anew from these values. */
  function take(found: Values): void {
    for (const key of Object.keys(values)) Reflect.deleteProperty(values, key)
    Object.assign(values, found)
    for (const field of fields()) if (field.type === 'table') values[field.name] ??= []
    pristine.value = JSON.stringify(values)
    errors.value = {}
  }
  function check(): boolean {
    const missing = fields().filter((field) => field.required && isBlank(values[field.name]))
    errors.value = Object.fromEntries(missing.map((field) => [field.name, __('{0} is needed.', field.label)])) // prettier-ignore
    return !missing.length
  }
  /** Send a copy; false when something is missing or it is on its way already. What the server refuses is thrown. */
  async function submit(send: (values: Values) => Promise<unknown>): Promise<boolean> {
    if (isSaving.value || !check()) return false
    isSaving.value = true
    try {
      await send({ ...values })
      pristine.value = JSON.stringify(values)
      return true
    } finally {
      isSaving.value = false
    }
  }
  take(initial)
  return { values, errors, isSaving, isChanged, take, check, submit }
}
