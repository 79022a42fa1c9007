import { expect, it } from 'vitest'
import { withMine } from './reactions'

const arne = { user: 'arne', full_name: 'Arne' }
const shape = (list: ReturnType<typeof withMine>) => list.map(({ emoji, count }) => [emoji, count])

it('keeps one per person: another replaces it, the same takes it away', () => {
  const start = [{ emoji: '👍', count: 1, users: [arne] }]
  const liked = withMine(start, '👍', 'anna', 'Anna')
  expect(shape(liked)).toEqual([['👍', 2]])
  const changed = withMine(liked, '🎉', 'anna', 'Anna')
  expect(shape(changed)).toEqual([['👍', 1], ['🎉', 1]]) // prettier-ignore
  expect(shape(withMine(changed, '🎉', 'anna', 'Anna'))).toEqual([['👍', 1]])
})
