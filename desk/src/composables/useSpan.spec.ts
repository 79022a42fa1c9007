import { expect, it } from 'vitest'
import { useSpan } from './useSpan'

it('is a named period, or two days once both are chosen and in order', () => {
  const { chosen, span } = useSpan('6m')
  expect(span.value).toEqual({ period: '6m' })
  Object.assign(chosen, { period: 'own', from: '2026-05-03' })
  expect(span.value).toEqual({ period: '6m' })
  chosen.to = '2026-05-01'
  expect(span.value).toEqual({ period: '6m' })
  chosen.to = '2026-05-09'
  expect(span.value).toEqual({ period: 'custom', from_date: '2026-05-03', to_date: '2026-05-09' })
})
