/** The message that is answered, as mail programs put it below the answer. */
import type { Communication } from '@/types/ticket'
import { absolute } from './dates'
import { __ } from './translate'

function escaped(text: string): string {
  const element = document.createElement('span')
  element.textContent = text
  return element.innerHTML
}

export function quoteOf(mail: Communication): string {
  const line = __('On {0}, {1} wrote:', absolute(mail.creation), mail.user?.name || mail.sender)
  return `<div class="gmail_quote"><p>${escaped(line)}</p><blockquote type="cite">${mail.content}</blockquote></div>`
}
