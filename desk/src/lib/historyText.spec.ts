import { afterEach, expect, it } from 'vitest'
import { historyText, isAssignment } from './historyText'
import { setCatalogue } from './translate'

afterEach(() => setCatalogue({}))
const line = (action: string) => ({ name: 'a', action, owner: 'anna@x', creation: '2026-03-02 08:00:00', user: { name: 'Anna' } }) // prettier-ignore
const said = (action: string) => historyText(line(action), (user) => (user === 'arne@x' ? 'Arne' : user)) // prettier-ignore

it('speaks the language of the reader', () => {
  setCatalogue({ 'set {0} to {1}': 'hat {0} auf {1} gesetzt', priority: 'die Priorität', High: 'Hoch', 'archived the ticket': 'hat archiviert' }) // prettier-ignore
  expect(said('set priority to High')).toBe('hat die Priorität auf Hoch gesetzt')
  expect(said('archived the ticket')).toBe('hat archiviert')
})

it('names people, and nobody twice', () => {
  expect(said('assigned arne@x')).toBe('assigned Arne')
  expect(said('unassigned anna@x')).toBe('unassigned themselves')
})

it('leaves alone what it does not know', () => {
  expect(said('sent a pigeon')).toBe('sent a pigeon')
  expect(said('split the ticket from #3')).toBe('split the ticket from #3')
  expect(said('cleared type')).toBe('cleared type')
  expect(said('continued ticket #3')).toBe('goes on from ticket #3')
  expect(said('continued in ticket #4')).toBe('went on in the new ticket #4')
})

it('knows the lines about who works on it', () => {
  expect(['assigned arne@x', 'unassigned Administrator', 'assigned points'].map((action) => isAssignment(line(action)))).toEqual([true, true, false]) // prettier-ignore
})
