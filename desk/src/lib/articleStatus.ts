/** The state of an article in words and in colour. Pure. */
import type { Article } from '@/api/knowledge'
import { __ } from './translate'

const STATES = {
  Draft: { label: () => __('Draft'), theme: 'orange' },
  Published: { label: () => __('Published'), theme: 'green' },
  Archived: { label: () => __('Archived'), theme: 'gray' },
} as const

/** The badge that says it. */
export const badgeOf = (status: Article['status']) => {
  const { label, theme } = STATES[status]
  return { label: label(), theme }
}
