/** The customers shared with ERPNext. */
import { getDocument, updateDocument } from './documents'
import { call } from './request'

const API = 'helpdesk.integrations.erpnext.api'
const SETTINGS = 'ERPNext HD Settings'

export interface SyncState {
  enabled: boolean
  /** Whether every customer here has its twin there. */
  in_sync?: boolean
}
export const getSyncState = () => call<SyncState>(`${API}.get_sync_info`)
export const isSyncEnabled = async () =>
  Boolean((await getDocument<{ enabled: 0 | 1 }>(SETTINGS, SETTINGS)).enabled)
export const enableSync = (isOn: boolean) =>
  updateDocument(SETTINGS, SETTINGS, { enabled: isOn ? 1 : 0 })
/** Begin in the background; live events tell when it starts and ends. */
export const syncCustomers = () => call<void>(`${API}.sync_hd_erpnext_customers`)
