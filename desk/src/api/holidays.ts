/** Public holidays to fill a holiday list with. */
import { call } from './request'
import type { Holiday } from '@/lib/holidays'

export interface Country {
  code: string
  subdivisions: string[]
}
export const listCountries = () =>
  call<Country[]>('helpdesk.api.settings.holidays.list_countries', {}, { method: 'GET' })
export const listPublicHolidays = (
  country: string,
  subdivision: string,
  from_date: string,
  to_date: string,
) =>
  call<Holiday[]>(
    'helpdesk.api.settings.holidays.list_public_holidays',
    { country, from_date, to_date, ...(subdivision ? { subdivision } : {}) },
    { method: 'GET' },
  )
