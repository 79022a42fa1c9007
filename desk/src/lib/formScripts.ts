/** Form scripts: what administrators wrote for a form, run with a narrow set of things they may touch. */
import type { Choice } from '@/types/list'

export interface FormAction {
  label: string
  /** Actions of one group share a menu. */
  group?: string
  onClick: () => unknown
}
export interface FormSetup {
  actions?: FormAction[]
  onChange?: Record<string, (value: unknown) => unknown>
}

/** What a script is given. */
export interface FormContext {
  doc: Record<string, unknown>
  updateField: (field: string, value: unknown) => void
  applyFilters: (field: string, options: (string | Choice)[]) => void
  hideField: (field: string, isHidden?: boolean) => void
  call: (method: string, args?: Record<string, unknown>) => Promise<unknown>
  router: object
  toast: object
  createToast: (options: { message?: string; title?: string; text?: string }) => void
  $dialog: (options: { title: string; message: string; onConfirm?: () => unknown }) => void
}

/** Run the `setupForm` of one script. Only those who may write form scripts decide what runs here. */
export async function setUp(script: string, context: FormContext): Promise<FormSetup> {
  // Running the scripts of the site's administrators is what this is for.
  const load = new Function(`"use strict";${script}\n;return setupForm`) as () => (
    context: FormContext,
  ) => FormSetup | Promise<FormSetup> | undefined
  return (await load()(context)) ?? {}
}
