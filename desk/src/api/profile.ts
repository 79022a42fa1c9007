/** One's own account. */
import { getDocument, updateDocument } from './documents'
import { call, upload } from './request'

export interface Profile {
  email: string
  first_name: string
  last_name: string
  language: string
  time_zone: string
  /** Of the person's programs; '' when there is none. */
  api_key: string
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

/** Mail somebody a link under which they choose a new password. */
export const requestPasswordLink = (user: string) =>
  call<unknown>('frappe.core.doctype.user.user.reset_password', { user })

/** What agents set about themselves in the settings, on their own user record. */
export interface OwnAccount {
  name: string
  first_name: string
  last_name: string | null
  user_image: string | null
  email_signature: string | null
}
export const getOwnAccount = (user: string) => getDocument<OwnAccount>('User', user)
export const saveOwnAccount = (user: string, values: Partial<OwnAccount>) =>
  updateDocument<OwnAccount>('User', user, values)
export async function uploadPicture(file: File, user: string): Promise<string> {
  const fields = { is_private: '0', doctype: 'User', docname: user, folder: 'Home' }
  return (await upload<{ file_url: string }>(file, fields)).file_url
}
