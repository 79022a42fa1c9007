/** One's own account. */
import { call } from './request'

export interface Profile {
  email: string
  first_name: string
  last_name: string
  language: string
  time_zone: string
  languages: { name: string; language_name: string }[]
  time_zones: string[]
}
export type ProfileChange = Pick<Profile, 'first_name' | 'last_name' | 'language' | 'time_zone'>

const API = 'helpdesk.api.profile'
export const getProfile = () => call<Profile>(`${API}.get_profile`, {}, { method: 'GET' })
export const saveProfile = (change: ProfileChange) => call<void>(`${API}.save_profile`, { ...change }) // prettier-ignore
export const changePassword = (old: string, chosen: string) =>
  call<unknown>('frappe.core.doctype.user.user.update_password', {
    old_password: old,
    new_password: chosen,
  })
