import { expect, it } from 'vitest'
import { liveCall as live } from '@/test/calls'
import { callWords, noteText, partiesText, phaseText } from './calls'

it('says what a call is doing, and how it ended', () => {
  expect(phaseText(live({}))).toBe('Calling …')
  expect(phaseText(live({ medium: 'Exotel' }))).toBe('Your phone rings first …')
  expect(phaseText(live({ phase: 'ended' }))).toBe('Not answered')
  expect(phaseText(live({ phase: 'ended', isIncoming: true }))).toBe('Missed')
  expect(phaseText(live({ phase: 'ended', startedAt: 1 }))).toBe('Ended')
})

it('calls people by name, and strangers by their number', () => {
  const call = { from: '+49', to: '+50', _caller: { label: 'Unknown' }, _receiver: { label: 'Anna' } } // prettier-ignore
  expect(partiesText(call)).toBe('+49 called Anna')
  expect(callWords(call, 'caller')).toBe('+49')
  expect(callWords(call, 'receiver')).toBe('Anna')
  expect(callWords({ _duration: '1m' }, 'duration')).toBe('1m')
  expect(callWords(call, 'status')).toBeUndefined()
})

it('reads a note with its line breaks and signs', () => {
  expect(noteText('one<br>&lt;two&gt;')).toBe('one\n<two>')
})
