import { toast } from 'frappe-ui'
import { afterEach, expect, it, vi } from 'vitest'
import { tellInvited } from './invitations'

afterEach(() => vi.restoreAllMocks())

it('says who was invited, and why others were not', () => {
  const good = vi.spyOn(toast, 'success').mockReturnValue(undefined)
  const bad = vi.spyOn(toast, 'warning').mockReturnValue(undefined)
  tellInvited({ invited_emails: ['a@x', 'b@x'], pending_invite_emails: [], disabled_user_emails: ['c@x'] }) // prettier-ignore
  expect(good.mock.calls).toEqual([['Invited: a@x, b@x']])
  expect(bad.mock.calls).toEqual([['These accounts are disabled: c@x']])
})
