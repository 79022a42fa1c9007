import { computed, ref, shallowRef, type Ref } from 'vue'
import { listFilterFields } from '@/api/lists'
import { defaultOperator, operatorsOf, toStored, toTyped } from '@/lib/filters'
import type { Condition, FilterField } from '@/types/list'

/** The steps of building a condition: see all, pick a field, choose operator and value. */
export type Step = 'overview' | 'field' | 'value'

/** Builds and edits conditions; the old one stays applied until the new one is confirmed. */
export function useFilterBuilder(doctype: string, isPortal: boolean, conditions: Ref<Condition[]>) {
  const fields = shallowRef<FilterField[]>([])
  const step = ref<Step>('overview')
  const search = ref('')
  const edited = ref(-1)
  const field = shallowRef<FilterField | null>(null)
  const operator = ref('=')
  const typed = ref('')
  const operators = computed(() => (field.value ? operatorsOf(field.value) : []))
  const matching = computed(() =>
    fields.value.filter(({ label }) => label.toLowerCase().includes(search.value.toLowerCase())),
  )
  const canApply = computed(() => {
    const needed = operator.value === 'between' ? 2 : 1
    return typed.value.split('\n').filter((part) => part.trim()).length >= needed
  })

  async function load(): Promise<void> {
    if (!fields.value.length) fields.value = await listFilterFields(doctype, isPortal)
  }
  function begin(): void {
    edited.value = -1
    search.value = ''
    step.value = 'field'
  }
  function pick(chosen: FilterField): void {
    field.value = chosen
    operator.value = defaultOperator(chosen)
    typed.value = ''
    step.value = 'value'
  }
  function edit(index: number): void {
    const condition = conditions.value[index]
    const known = fields.value.find(({ fieldname }) => fieldname === condition?.[0])
    if (!condition || !known) return
    edited.value = index
    field.value = known
    operator.value = condition[1]
    typed.value = toTyped(known, condition[1], condition[2])
    step.value = 'value'
  }
  function chooseOperator(next: string): void {
    const keepsValue = operator.value !== 'is' && next !== 'is' && next !== 'timespan'
    if (!keepsValue || operator.value === 'timespan') typed.value = ''
    operator.value = next
  }
  function cycleOperator(by: number): void {
    const names = operators.value.map(({ value }) => value)
    const next = names[(names.indexOf(operator.value) + by + names.length) % names.length]
    if (next) chooseOperator(next)
  }
  function apply(): void {
    if (!field.value || !canApply.value) return
    const value = toStored(field.value, operator.value, typed.value)
    const made: Condition = [field.value.fieldname, operator.value, value]
    conditions.value =
      edited.value < 0
        ? [...conditions.value, made]
        : conditions.value.map((one, index) => (index === edited.value ? made : one))
    step.value = 'overview'
  }
  function remove(index: number): void {
    conditions.value = conditions.value.filter((_, other) => other !== index)
  }
  function back(): void {
    step.value = step.value === 'value' && edited.value < 0 ? 'field' : 'overview'
  }
  return {
    fields, step, search, field, operator, typed, operators, matching, canApply,
    load, begin, pick, edit, chooseOperator, cycleOperator, apply, remove, back,
  } // prettier-ignore
}
