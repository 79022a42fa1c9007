/** What is wrong with a password, before the server says so; empty when nothing is. Pure. */
import { __ } from './translate'

export function passwordFault(password: string): string {
  if (password.length < 8) return __('Use at least eight characters.')
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password))
  return kinds.length < 2 ? __('Mix letters with digits or signs.') : ''
}
