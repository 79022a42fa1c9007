/** Keeps a promise of the house: whatever people see or share has a spec beside it. */
import { expect, it } from 'vitest'

const modules = import.meta.glob([
  '../{components,pages}/**/*.{vue,spec.ts}',
  '../{composables,stores}/*.ts',
])
const paths = Object.keys(modules)
const specs = paths.filter((path) => path.endsWith('.spec.ts'))
/** `NewTicket.portal.spec.ts` is a spec of NewTicket, too. */
const hasSpec = (path: string) => specs.some((spec) => spec.startsWith(path.replace(/(vue|ts)$/, ''))) // prettier-ignore

it('each component, page, composable and store has a spec', () => {
  const without = paths.filter((path) => !path.endsWith('.spec.ts') && !hasSpec(path))
  expect(specs.length).toBeGreaterThan(100)
  expect(without).toEqual([])
})
