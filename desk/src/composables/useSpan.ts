import { computed, reactive } from 'vue'
import type { Span } from '@/api/analytics'

/** A period by name, or days of one's own; while only one of them is chosen, what was chosen before holds on. */
export function useSpan(period: string) {
  const chosen = reactive({ period, from: '', to: '' })
  const span = computed<Span>((before) => {
    if (chosen.period !== 'own') return { period: chosen.period }
    const isWhole = Boolean(chosen.from && chosen.to && chosen.from <= chosen.to)
    return isWhole ? { period: 'custom', from_date: chosen.from, to_date: chosen.to } : (before ?? { period }) // prettier-ignore
  })
  return { chosen, span }
}
