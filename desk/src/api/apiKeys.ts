/** Keys with which programs speak to the help desk in a person's name. */
import { call } from './request'
import { getDocument } from './documents'

export interface ApiKeys {
  api_key: string
  api_secret: string
}
export const getApiKey = async (user: string) =>
  (await getDocument<{ api_key: string | null }>('User', user)).api_key
/** Make a new secret; the old one is worth nothing from then on. It is shown this once. */
export const makeApiKeys = (user: string) =>
  call<ApiKeys>('frappe.core.doctype.user.user.generate_keys', { user })
