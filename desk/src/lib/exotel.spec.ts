import { expect, it } from 'vitest'
import { readReport } from './exotel'

it('a call that rings the agent names who calls', () => {
  const report = { CallSid: 's', Direction: 'incoming', CallType: 'call-attempt', CallFrom: '+49', To: '1' } // prettier-ignore
  expect(readReport(report)).toEqual({ id: 's', isIncoming: true, number: '+49', phase: 'ringing' })
})

it('a call goes on once both sides have answered', () => {
  const report = { CallSid: 's', Direction: 'outbound-api', EventType: 'answered', Status: 'in-progress', To: '+49' } // prettier-ignore
  expect(readReport(report)).toMatchObject({ phase: 'active', isIncoming: false, number: '+49' })
  const half = { ...report, Legs: [{ Status: 'in-progress' }, { Status: '' }] }
  expect(readReport(half).phase).toBe('ringing')
})

it.each([
  { EventType: 'terminal' },
  { Status: 'completed' },
  { DialCallStatus: 'no-answer' },
  { CallType: 'client-hangup' },
])('%o is the end of it', (said) => {
  expect(readReport({ CallSid: 's', ...said }).phase).toBe('ended')
})
