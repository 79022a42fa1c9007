/** Numbers of things in words. Pure. */
import { __ } from './translate'

export function countedTickets(number: number): string {
  return number === 1 ? __('1 ticket') : __('{0} tickets', number)
}
