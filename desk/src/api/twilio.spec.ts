import { expect, it, vi } from 'vitest'
import { answers } from '@/test/server'
import { openPhone, type Line } from './twilio'

type Handler = (...values: unknown[]) => void

/** Whoever says what happens, as Twilio's library does. */
class Speaker {
  handlers = new Map<string, Handler>()
  on(event: string, handler: Handler) {
    this.handlers.set(event, handler)
  }
  say(event: string, ...values: unknown[]) {
    this.handlers.get(event)?.(...values)
  }
}
class FakeCall extends Speaker {
  parameters: Record<string, string> = { CallSid: 'CA1', From: '+49' }
  accept = vi.fn()
  reject = vi.fn()
  disconnect = vi.fn()
  mute = vi.fn()
}
const made = vi.hoisted(() => ({ devices: [] as unknown[] }))
class FakeDevice extends Speaker {
  call = new FakeCall()
  register = vi.fn(() => Promise.resolve())
  connect = vi.fn(() => Promise.resolve(this.call))
  updateToken = vi.fn()
  destroy = vi.fn()
  constructor(readonly token: string) {
    super()
    made.devices.push(this)
  }
}
vi.mock('@twilio/voice-sdk', () => ({ Device: FakeDevice }))

async function opened() {
  answers('telephony.twilio.api.generate_access_token', { token: 'first' })
  const [lines, failures]: [Line[], Error[]] = [[], []]
  const phone = await openPhone({ incoming: (line) => lines.push(line), failed: (error) => failures.push(error) }) // prettier-ignore
  return { phone, lines, failures, device: made.devices.at(-1) as FakeDevice }
}

it('signs in with a token, and renews it in time', async () => {
  const { device, phone } = await opened()
  expect(device.token).toBe('first')
  expect(device.register).toHaveBeenCalledOnce()
  answers('telephony.twilio.api.generate_access_token', 'second')
  device.say('tokenWillExpire')
  await vi.waitFor(() => expect(device.updateToken).toHaveBeenCalledWith('second'))
  phone.close()
  expect(device.destroy).toHaveBeenCalledOnce()
})

it('dials, and tells what becomes of the call', async () => {
  const { device, phone } = await opened()
  const line = await phone.dial('+50')
  const become = vi.fn()
  line.follow(become)
  device.call.say('accept')
  line.mute(true)
  line.hangUp()
  device.call.say('disconnect')
  expect(device.connect).toHaveBeenCalledWith({ params: { To: '+50' } })
  expect(become.mock.calls).toEqual([['active'], ['ended']])
  expect([device.call.mute.mock.calls, device.call.disconnect.mock.calls.length]).toEqual([[[true]], 1]) // prettier-ignore
})

it('hands over a call that comes in, with its number and its name in the log', async () => {
  const { device, lines } = await opened()
  device.say('incoming', device.call)
  const [line] = lines
  expect([line?.number, line?.id()]).toEqual(['+49', 'CA1'])
  line?.accept()
  line?.reject()
  expect([device.call.accept.mock.calls.length, device.call.reject.mock.calls.length]).toEqual([1, 1]) // prettier-ignore
})

it('says what is wrong with the phone', async () => {
  const { device, failures } = await opened()
  device.say('error', new Error('No microphone'))
  expect(failures.map(({ message }) => message)).toEqual(['No microphone'])
})
