import { expect, it } from 'vitest'
import { isRelevant } from '@/composables/useForm'
import { mailboxFields } from './mailboxFields'

const asked = (service: string, values: object = {}) => mailboxFields(true).filter((field) => isRelevant(field, { service, enable_incoming: 1, enable_outgoing: 1, ...values })).map(({ name }) => name) // prettier-ignore

it('asks for servers only where the provider is not known', () => {
  expect(asked('GMail')).not.toContain('email_server')
  expect(asked('Custom')).toEqual(expect.arrayContaining(['email_server', 'smtp_server']))
  expect(asked('Custom', { enable_incoming: 0 })).not.toContain('email_server')
})

it('does not offer to fetch from those who only send', () => {
  expect(asked('Sendgrid')).not.toContain('enable_incoming')
})

it('asks for a key instead of a password where there is one', () => {
  expect(asked('Frappe Mail')).toContain('api_key')
  expect(asked('Frappe Mail')).not.toContain('password')
})

it('a stored password need not be typed again', () => {
  const isNeeded = (isNew: boolean) => mailboxFields(isNew).find(({ name }) => name === 'password')?.required // prettier-ignore
  expect([isNeeded(true), isNeeded(false)]).toEqual([true, false])
})
