/** Keys with which programs speak to the help desk in a person's name. */
import { getProfile } from './profile'
import { call } from './request'

export interface ApiKeys {
  api_key: string
  api_secret: string
}
/** The caller's own key, which their user record does not tell them; '' when there is none. */
export const getApiKey = async () => (await getProfile()).api_key
/** Make a new secret; the old one is worth nothing from then on. It is shown this once. */
export const makeApiKeys = (user: string) =>
  call<ApiKeys>('frappe.core.doctype.user.user.generate_keys', { user })
