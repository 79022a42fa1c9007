/** The browser as a phone at Twilio. Its library is fetched when the phone is opened, and not before. */
import type { Call, Device } from '@twilio/voice-sdk'
import { getTwilioToken } from './telephony'

export type LineState = 'active' | 'ended'
export interface Line {
  /** Its name in the log, once Twilio has given it one. */
  id: () => string | null
  number: string
  accept: () => void
  reject: () => void
  hangUp: () => void
  mute: (isMuted: boolean) => void
  /** Say what becomes of it. */
  follow: (become: (state: LineState) => void) => void
}
export interface Phone {
  dial: (number: string) => Promise<Line>
  close: () => void
}
interface Handlers {
  incoming: (line: Line) => void
  failed: (reason: Error) => void
}

function lineOf(call: Call, number: string): Line {
  return {
    id: () => call.parameters.CallSid ?? null,
    number,
    accept: () => call.accept(),
    reject: () => call.reject(),
    hangUp: () => call.disconnect(),
    mute: (isMuted) => call.mute(isMuted),
    follow: (become) => {
      call.on('accept', () => become('active'))
      for (const end of ['disconnect', 'cancel', 'reject', 'error']) call.on(end, () => become('ended')) // prettier-ignore
    },
  }
}

/** Sign this browser in as the agent's phone. */
export async function openPhone(handlers: Handlers): Promise<Phone> {
  const [library, token] = await Promise.all([import('@twilio/voice-sdk'), getTwilioToken()])
  const device: Device = new library.Device(token, { closeProtection: true })
  device.on('incoming', (call: Call) => handlers.incoming(lineOf(call, call.parameters.From ?? '')))
  device.on('error', handlers.failed)
  device.on('tokenWillExpire', () => {
    getTwilioToken().then((next) => device.updateToken(next)).catch(handlers.failed) // prettier-ignore
  })
  await device.register()
  return {
    dial: async (number) => lineOf(await device.connect({ params: { To: number } }), number),
    close: () => device.destroy(),
  }
}
