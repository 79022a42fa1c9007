import { expect, it } from 'vitest'
import { channelNameOf, channelOf, CHANNELS } from './channels'
import { sampleTicket } from '@/test/samples'

it('has words of its own for each channel, and names those it does not know', () => {
  expect(new Set(CHANNELS.map((name) => channelOf(name).via)).size).toBe(CHANNELS.length)
  expect(channelOf('Fax').via).toBe('via Fax')
})

it('tells portal from mail for tickets without a channel', () => {
  expect(channelNameOf(sampleTicket({ channel: 'Phone', via_customer_portal: 1 }))).toBe('Phone')
  expect(channelNameOf(sampleTicket({ channel: '', via_customer_portal: 1 }))).toBe('Portal')
  expect(channelNameOf(sampleTicket())).toBe('Email')
})
