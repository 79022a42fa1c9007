import { reactive, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useRouter } from 'vue-router'
import { confirmDialog, toast } from 'frappe-ui'
import { call } from '@/api/request'
import { setUp, type FormAction, type FormContext, type FormSetup } from '@/lib/formScripts'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import type { Choice } from '@/types/list'

interface Setup {
  scripts: MaybeRefOrGetter<string[]>
  doc: MaybeRefOrGetter<Record<string, unknown> | null>
  /** Changes when the form shows another record. */
  record: MaybeRefOrGetter<unknown>
  update: (field: string, value: unknown) => void
}

/**
 * Runs the scripts of a form: the buttons they add, the choices they narrow, and what follows from a change. One
 * that fails says so and stops nothing else.
 */
export function useFormScripts({ scripts, doc, record, update }: Setup) {
  const router = useRouter()
  const actions = shallowRef<FormAction[]>([])
  /** Narrowed choices by field; an empty list disables the field. */
  const narrowed = ref<Record<string, Choice[]>>({})
  const hidden = reactive(new Set<string>())
  let setups: FormSetup[] = []
  let round = 0

  /** Scripts read the record as it is now, whenever they look. */
  const live = new Proxy<Record<string, unknown>>(
    {},
    { get: (_, field) => (toValue(doc) ?? {})[String(field)] },
  )
  const context: FormContext = {
    doc: live,
    updateField: update,
    applyFilters: (field, options) => {
      const choices = options.map((one) => typeof one === 'string' ? { label: one, value: one } : one) // prettier-ignore
      narrowed.value = { ...narrowed.value, [field]: choices }
      const present = String(live[field] ?? '')
      if (present && !choices.some(({ value }) => value === present)) update(field, '')
    },
    hideField: (field, isHidden = true) => void (isHidden ? hidden.add(field) : hidden.delete(field)), // prettier-ignore
    call: (method, args) => call(method, args),
    router,
    toast,
    createToast: ({ message, title, text }) => toast.create({ message: message ?? [title, text].filter(Boolean).join(': ') }), // prettier-ignore
    $dialog: ({ title, message, onConfirm }) =>
      confirmDialog({
        title,
        message,
        onConfirm: ({ hideDialog }) => {
          void onConfirm?.()
          hideDialog()
        },
      }),
  }
  const explain = (error: unknown) => {
    const said = error instanceof Error ? error.message : String(error)
    showError(new Error(__('A form script failed: {0}', said)))
  }
  async function guarded(work: () => unknown): Promise<void> {
    try {
      await work()
    } catch (error) {
      explain(error)
    }
  }

  async function run(): Promise<void> {
    const mine = ++round
    const found: FormSetup[] = []
    narrowed.value = {}
    hidden.clear()
    for (const script of toValue(scripts))
      await guarded(async () => found.push(await setUp(script, context)))
    if (mine !== round) return
    setups = found
    actions.value = found.flatMap((setup) =>
      (setup.actions ?? []).map((action) => ({
        ...action,
        onClick: () => guarded(action.onClick),
      })),
    )
    const current = toValue(doc) ?? {}
    for (const field of new Set(found.flatMap(({ onChange }) => Object.keys(onChange ?? {}))))
      if (current[field]) await changed(field, current[field])
  }
  /** Tell the scripts that somebody changed a field. */
  async function changed(field: string, value: unknown): Promise<void> {
    for (const { onChange } of setups) if (onChange?.[field]) await guarded(() => onChange[field]?.(value)) // prettier-ignore
  }
  watch([() => toValue(record), () => toValue(scripts)], () => toValue(doc) && void run(), { immediate: true }) // prettier-ignore
  return { actions, narrowed, hidden, changed }
}
