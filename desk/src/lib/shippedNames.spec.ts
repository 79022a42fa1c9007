import { expect, it, onTestFinished } from 'vitest'
import { shippedName, shippedNameIn } from './shippedNames'
import { setCatalogue } from './translate'

it('translates the names that came with the app, and no others', () => {
  setCatalogue({ Urgent: 'Dringend', Home: 'Übersicht' })
  onTestFinished(() => setCatalogue({}))
  expect(shippedName('Urgent')).toBe('Dringend')
  expect(shippedName('Home')).toBe('Home')
  expect(shippedNameIn('HD Ticket Priority', 'Urgent')).toBe('Dringend')
  expect(shippedNameIn('HD Team', 'Urgent')).toBe('Urgent')
})
