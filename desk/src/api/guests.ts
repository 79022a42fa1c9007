/** People without an account: the links to their requests, and the widget on other websites. */
import { call } from './request'

const GUESTS = 'helpdesk.api.guests'
export const getRequesterLink = (ticket: string | number) =>
  call<{ url: string }>(`${GUESTS}.get_link`, { ticket })
export const revokeRequesterLinks = (ticket: string | number) =>
  call<number>(`${GUESTS}.revoke_links`, { ticket })
export const rotateWidgetKey = () => call<string>(`${GUESTS}.rotate_widget_key`)
