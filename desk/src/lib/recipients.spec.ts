import { describe, expect, it } from 'vitest'
import { sampleMail } from '@/test/samples'
import { addressesIn, recipientsOf } from './recipients'

describe('recipients', () => {
  it('are found in pasted lists, once each', () => {
    expect(addressesIn('Cleo <cleo@c.test>; arne@x.test, CLEO@c.test nonsense')).toEqual([
      'CLEO@c.test',
      'arne@x.test',
    ])
  })

  it('of everybody leave our own addresses out', () => {
    const mail = sampleMail({ recipients: 'support@h.test, carl@c.test', cc: 'boss@c.test' })
    expect(recipientsOf(mail, true, ['support@h.test'])).toEqual({
      to: 'cleo@customer.test',
      cc: 'carl@c.test, boss@c.test',
    })
    expect(recipientsOf(mail, false, [])).toEqual({ to: 'cleo@customer.test', cc: '' })
  })

  it('of our own mail stay as they were', () => {
    const mail = sampleMail({ sent_or_received: 'Sent', recipients: 'cleo@c.test', cc: 'b@c.test' })
    expect(recipientsOf(mail, true, [])).toEqual({ to: 'cleo@c.test', cc: 'b@c.test' })
  })
})
