import { readonly, shallowRef } from 'vue'

export interface Question {
  title: string
  message: string
  /** What the button says that goes on. */
  yes: string
  isDanger?: boolean
}

const question = shallowRef<Question | null>(null)
let settle: (isYes: boolean) => void = () => {}

/** Ask before going on; true when people want to. A question that is asked meanwhile takes the place of an open one. */
export function ask(wanted: Question): Promise<boolean> {
  reply(false)
  question.value = wanted
  return new Promise((resolve) => (settle = resolve))
}
function reply(isYes: boolean): void {
  question.value = null
  settle(isYes)
}

/** The question that waits for an answer, for the dialog that shows it. */
export function useQuestion() {
  return { question: readonly(question), reply }
}
