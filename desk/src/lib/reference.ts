/** What people call a ticket: its number, or the number behind a prefix, such as TKT-0042. The number is its name. */
import { shallowRef } from 'vue'
import type { TicketId } from '@/types/ticket'

const MOST_DIGITS = 12
const form = shallowRef({ prefix: '', digits: 0 })

/** How this help desk writes numbers, as its settings say. */
export function setReferenceForm(prefix = '', digits = 0): void {
  form.value = { prefix, digits }
}

export function referenceOf(ticket: TicketId): string {
  const { prefix, digits } = form.value
  return prefix ? prefix + String(ticket).padStart(digits, '0') : `#${ticket}`
}

/** The number that a text names, and nothing but names: `42`, `#42`, `TKT-0042`; '' for any other text. */
export function numberNamedIn(text: string): string {
  const word = text.trim().replace(/^#/, '')
  const { prefix } = form.value
  const hasPrefix = prefix && word.toLowerCase().startsWith(prefix.toLowerCase())
  const digits = hasPrefix ? word.slice(prefix.length) : word
  return /^\d+$/.test(digits) && digits.length <= MOST_DIGITS ? String(Number(digits)) : ''
}
