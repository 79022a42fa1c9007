import { describe, expect, it } from 'vitest'
import { timelineOf } from './timeline'
import type { TicketActivities } from '@/types/ticket'

function line(name: string, owner: string, creation: string) {
  return { name, owner, creation, action: name, user: { name: owner } }
}

describe('the timeline', () => {
  it('is in the order of time and folds what one person changed in a row', () => {
    const activities = {
      communications: [{ name: 'mail', creation: '2026-01-01 10:00:00' }],
      comments: [{ name: 'note', creation: '2026-01-01 12:00:00' }],
      history: [
        line('d', 'anna', '2026-01-01 13:00:00'),
        line('b', 'anna', '2026-01-01 11:00:01'),
        line('a', 'anna', '2026-01-01 11:00:00'),
        line('c', 'arne', '2026-01-01 11:00:02'),
      ],
      views: [],
    } as unknown as TicketActivities
    const shown = timelineOf(activities).map((entry) =>
      entry.kind === 'history' ? entry.lines.map((one) => one.name) : entry.key,
    )
    expect(shown).toEqual(['mail', ['a', 'b'], ['c'], 'note', ['d']])
  })

  it('never folds away who works on it', () => {
    const action = (name: string, text: string) => ({ ...line(name, 'anna', `2026-01-01 11:00:0${name}`), action: text }) // prettier-ignore
    const history = [action('1', 'set status to Open'), action('2', 'assigned arne@x'), action('3', 'cleared type'), action('4', 'cleared team')] // prettier-ignore
    const activities = { communications: [], comments: [], history, views: [] }
    const shown = timelineOf(activities).map((entry) => entry.kind === 'history' && entry.lines.map(({ name }) => name)) // prettier-ignore
    expect(shown).toEqual([['1'], ['2'], ['3', '4']])
  })
})
