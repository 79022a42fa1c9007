import { expect, it, onTestFinished } from 'vitest'
import { sampleView } from '@/test/lists'
import { setCatalogue } from './translate'
import { copyOf, listPath, viewLabel, viewRoute } from './views'

it('are shown in their list, on the side they are for', () => {
  expect(viewRoute(sampleView())).toEqual({ path: '/tickets', query: { view: 'v' } })
  expect(viewRoute(sampleView({ is_customer_portal: 1 })).path).toBe('/my-tickets')
  expect(listPath('HD Customer')).toBe('/customers')
})

it('have a name in every language when they come with the app, and their own otherwise', () => {
  setCatalogue({ 'SLA Alerts': 'SLA-Warnungen' })
  onTestFinished(() => setCatalogue({}))
  expect(viewLabel(sampleView({ label: 'SLA Alerts', is_standard: 1 }))).toBe('SLA-Warnungen')
  expect(viewLabel(sampleView({ label: 'SLA Alerts', name: 'VIEW-SLA-ALERTS' }))).toBe('SLA-Warnungen') // prettier-ignore
  expect(viewLabel(sampleView({ label: 'SLA Alerts' }))).toBe('SLA Alerts')
})

it('give their settings to a copy, but neither owner nor reach', () => {
  const copy = copyOf(sampleView({ filters: '[["status","=","Open"]]', public: 1, pinned: 1 }))
  expect(copy).toMatchObject({ dt: 'HD Ticket', filters: '[["status","=","Open"]]' })
  expect(copy).not.toHaveProperty('public')
  expect(copy).not.toHaveProperty('user')
})
