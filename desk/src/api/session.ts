/** Who is signed in, what they are called, and how the desk is set up. */

import { call } from './request'

export interface CurrentUser {
  user_id: string
  user_name: string
  user_first_name: string
  user_image: string | null
  is_admin: boolean
  is_agent: boolean
  is_manager: boolean
  has_desk_access: boolean
  has_agent_record: boolean
  time_zone: string | null
  language: string | null
  user_teams: string[]
  availability: string | null
}

export interface DirectoryUser {
  name: string
  full_name: string
  email: string
  user_image: string | null
  role?: string
}

export interface DeskConfig {
  brand_name: string | null
  brand_logo: string | null
  favicon: string | null
  skip_email_workflow: 0 | 1
  restrict_tickets_by_agent_group: 0 | 1
  prefer_knowledge_base: 0 | 1
  is_feedback_mandatory: 0 | 1
  assign_within_team: 0 | 1
  disable_saved_replies_global_scope: 0 | 1
  enable_comment_reactions: 0 | 1
  show_customer_portal_permission_notice: 0 | 1
  require_resolution_details?: 0 | 1
  /** Which files people put on tickets; see `lib/fileRules`. */
  forbid_customer_attachments?: 0 | 1
  max_attachment_mb?: number | null
  attachment_types?: string | null
  /** Whether tickets have a category, and whether a new one needs it. */
  use_categories?: 0 | 1
  require_category?: 0 | 1
  /** What stands before ticket numbers, and how many digits they have; see `lib/reference`. */
  ticket_reference_prefix?: string
  ticket_reference_digits?: number | null
}

export function getCurrentUser(): Promise<CurrentUser> {
  return call<CurrentUser>('helpdesk.api.auth.get_user')
}

export function listUsers(): Promise<DirectoryUser[]> {
  return call<DirectoryUser[]>('helpdesk.api.session.get_users')
}

export function getConfig(): Promise<DeskConfig> {
  return call<DeskConfig>('helpdesk.api.config.get_config', {}, { method: 'GET' })
}

export function getTranslations(): Promise<Record<string, string>> {
  return call<Record<string, string>>(
    'helpdesk.api.general.get_translations',
    {},
    { method: 'GET' },
  )
}

export function signOut(): Promise<void> {
  return call<void>('logout')
}
