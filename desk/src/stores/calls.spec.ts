import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import * as twilio from '@/api/twilio'
import type { Line, LineState } from '@/api/twilio'
import { answers, asked, refuses } from '@/test/server'
import { useSession } from './session'
import type { CurrentUser } from '@/api/session'
import { useCalls } from './calls'

const API = 'telephony.api'
const LOG = 'helpdesk.integrations.telephony.api'
let incoming: (line: Line) => void = () => {}
let become: (state: LineState) => void = () => {}
const line = { id: () => 'CA1', number: '+49', accept: vi.fn(), reject: vi.fn(), hangUp: vi.fn(), mute: vi.fn(), follow: (tell: typeof become) => (become = tell) } // prettier-ignore
async function calling(on: { twilio?: 1; exotel?: 1; preferred?: string } = { exotel: 1 }) {
  answers(`${API}.is_call_integration_enabled`, { twilio_enabled: on.twilio ?? 0, exotel_enabled: on.exotel ?? 0, default_calling_medium: on.preferred ?? null }) // prettier-ignore
  const calls = useCalls()
  await calls.load()
  return calls
}
const sent = (method: string) => asked.filter((one) => one.method === method).map(({ args }) => args) // prettier-ignore

beforeEach(() => {
  vi.spyOn(twilio, 'openPhone').mockImplementation((handlers) => {
    incoming = handlers.incoming
    return Promise.resolve({ dial: () => Promise.resolve(line), close: () => {} })
  })
  window.apps = ['helpdesk', 'telephony']
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  answers(`${API}.get_contact_by_phone_number`, { name: 'Cleo', full_name: 'Cleo', image: null })
  answers('telephony.exotel.handler.make_a_call', { Sid: 'EX1' })
  answers(`${LOG}.link_call`, null)
  answers(`${LOG}.note_call`, null)
  return () => {
    window.apps = undefined
    vi.restoreAllMocks()
  }
})

it('asks nothing of a site without the app', async () => {
  window.apps = ['helpdesk']
  const calls = useCalls()
  await calls.load()
  expect([calls.isInstalled, calls.isOn, asked.length]).toEqual([false, false, 0])
})

it('is quietly off for whoever may not telephone', async () => {
  refuses(`${API}.is_call_integration_enabled`, 'Not you', 403)
  document.cookie = 'user_id=anna%40x'
  await useCalls().load()
  expect(useCalls().isOn).toBe(false)
})

it('calls by Exotel, links the call to its ticket, follows its reports and keeps the note', async () => {
  const calls = await calling()
  await calls.dial('+49', '7')
  await flushPromises()
  expect(calls.call).toMatchObject({ id: 'EX1', phase: 'dialling', party: { label: 'Cleo' } })
  expect(sent(`${LOG}.link_call`)).toEqual([{ call: 'EX1', ticket: '7' }])
  calls.takeReport({ CallSid: 'EX1', EventType: 'answered', Status: 'in-progress' })
  expect(calls.call?.phase).toBe('active')
  calls.takeReport({ CallSid: 'EX1', EventType: 'terminal', Status: 'completed' })
  expect(calls.call?.phase).toBe('ended')
  await calls.keepNote('Will call back')
  expect(sent(`${LOG}.note_call`)).toEqual([{ call: 'EX1', note: 'Will call back' }])
  expect(calls.call).toBeNull()
})

it('tries the link again at the end when the log did not know the call before', async () => {
  refuses(`${LOG}.link_call`, 'No such call', 404)
  const calls = await calling()
  await calls.dial('+49', '7')
  await flushPromises()
  answers(`${LOG}.link_call`, null)
  calls.takeReport({ CallSid: 'EX1', EventType: 'terminal' })
  await flushPromises()
  expect(sent(`${LOG}.link_call`)).toHaveLength(2)
})

it('forgets a call that could not be made', async () => {
  refuses('telephony.exotel.handler.make_a_call', 'You have no number')
  const calls = await calling()
  await calls.dial('+49')
  expect(calls.call).toBeNull()
})

it('asks by what to call where there are two ways and none is preferred, and remembers the answer', async () => {
  answers(`${API}.set_default_calling_medium`, null)
  const calls = await calling({ twilio: 1, exotel: 1 })
  await calls.dial('+49', '7')
  expect(calls.wanted).toEqual({ number: '+49', ticket: '7' })
  expect(calls.call).toBeNull()
  await calls.choose('Exotel', true)
  expect(calls.call).toMatchObject({ medium: 'Exotel', ticket: '7' })
  expect(sent(`${API}.set_default_calling_medium`)).toEqual([{ medium: 'Exotel' }])
  calls.dismiss()
  await calls.dial('+50')
  expect(calls.call).toMatchObject({ medium: 'Exotel', number: '+50' })
})

it('asks for a number that is missing', async () => {
  const calls = await calling()
  await calls.dial('')
  expect(calls.wanted).toEqual({ number: '', ticket: null })
})

it('shows a call of Exotel to the agent whose phone rings, and to nobody else', async () => {
  const calls = await calling()
  const report = { CallSid: 'in', Direction: 'incoming', CallFrom: '+49', CallType: 'call-attempt' }
  calls.takeReport({ ...report, AgentEmail: 'arne@x' })
  expect(calls.call).toBeNull()
  calls.takeReport({ ...report, AgentEmail: 'anna@x' })
  expect(calls.call).toMatchObject({ phase: 'ringing', isIncoming: true, number: '+49' })
  calls.takeReport({ ...report, CallSid: 'another', CallFrom: '+50' })
  expect(calls.call?.number).toBe('+49')
})

it('is the phone for Twilio: accepts, mutes and hangs up', async () => {
  const calls = await calling({ twilio: 1 })
  incoming(line)
  expect(calls.call).toMatchObject({ phase: 'ringing', medium: 'Twilio', id: 'CA1' })
  calls.accept()
  become('active')
  calls.toggleMute()
  expect([line.accept.mock.calls.length, line.mute.mock.calls, calls.call?.phase]).toEqual([1, [[true]], 'active']) // prettier-ignore
  await calls.dial('+50')
  expect(calls.call?.number).toBe('+49')
  calls.hangUp()
  become('ended')
  expect(line.hangUp).toHaveBeenCalledOnce()
  expect(calls.call?.phase).toBe('ended')
})

it('is engaged while somebody talks', async () => {
  const calls = await calling({ twilio: 1 })
  await calls.dial('+49')
  become('active')
  line.reject.mockClear()
  incoming({ ...line, number: '+50' })
  expect(line.reject).toHaveBeenCalledOnce()
  expect(calls.call?.number).toBe('+49')
})
