/** Keeps a promise of the house: whatever people see or share has a spec beside it. */
import { expect, it } from 'vitest'

const modules = import.meta.glob([
  '../{components,pages}/**/*.{vue,spec.ts}',
  '../{composables,stores}/*.ts',
])
/** These have none yet; a name goes from here as soon as its spec is there, and none comes. */
const OWED = [
  '../components/composer/RichEditor.vue',
  '../components/kb/ArticleEditor.vue',
  '../components/ui/PopoverPanel.vue',
  '../composables/useHashTab.ts',
  '../composables/useKnowledgeBase.ts',
  '../composables/usePalette.ts',
  '../composables/useThreadTab.ts',
  '../composables/useTicketKeys.ts',
  '../composables/useTicketScripts.ts',
]
const paths = Object.keys(modules)
const specs = paths.filter((path) => path.endsWith('.spec.ts'))
/** `NewTicket.portal.spec.ts` is a spec of NewTicket, too. */
const hasSpec = (path: string) => specs.some((spec) => spec.startsWith(path.replace(/(vue|ts)$/, ''))) // prettier-ignore

it('each component, page, composable and store has a spec', () => {
  const without = paths.filter((path) => !path.endsWith('.spec.ts') && !hasSpec(path))
  expect(specs.length).toBeGreaterThan(100)
  expect(without.filter((path) => !OWED.includes(path))).toEqual([])
})
