/** The first steps of a new help desk. */
import { call } from './request'

export const getProgress = () =>
  call<Record<string, boolean>>('helpdesk.api.onboarding.get_progress', {}, { method: 'GET' })
