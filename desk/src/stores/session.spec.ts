import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { ownKey } from '@/lib/ownStorage'
import { referenceOf, setReferenceForm } from '@/lib/reference'
import { goToSignIn, useSession } from './session'

beforeEach(() => {
  answers('helpdesk.api.auth.get_user', { user_id: 'anna@x', is_agent: true })
  answers('helpdesk.api.config.get_config', { brand_name: 'Acme' })
})
/** Where the browser was sent. */
function leaving() {
  const assign = vi.fn()
  vi.stubGlobal('location', { ...window.location, assign })
  onTestFinished(() => void vi.unstubAllGlobals())
  return assign
}

it('asks once who is there and how the desk is set up', async () => {
  const session = useSession()
  await session.load()
  await session.load()
  expect(session.isAgent).toBe(true)
  expect(session.config?.brand_name).toBe('Acme')
  expect(asked).toHaveLength(2)
})

it('calls tickets what the settings say', async () => {
  answers('helpdesk.api.config.get_config', { ticket_reference_prefix: 'TKT-', ticket_reference_digits: 4 }) // prettier-ignore
  await useSession().load()
  onTestFinished(() => setReferenceForm())
  expect(referenceOf(42)).toBe('TKT-0042')
})

it('leaves nothing of somebody behind', async () => {
  answers('logout', {})
  const assign = leaving()
  localStorage.setItem(ownKey('draft:7'), 'secret')
  localStorage.setItem('helpdesk-theme', 'dark')
  const session = useSession()
  await session.load()
  await session.leave()
  expect(session.user).toBeNull()
  expect(Object.keys(localStorage)).toEqual(['helpdesk-theme'])
  expect(assign).toHaveBeenCalledWith('/login')
})

it('stays when signing out fails', async () => {
  refuses('logout', 'Not now')
  const assign = leaving()
  const session = useSession()
  await session.load()
  await expect(session.leave()).rejects.toThrow('Not now')
  expect(session.user?.user_id).toBe('anna@x')
  expect(assign).not.toHaveBeenCalled()
})

it('comes back after signing in to where one was', () => {
  const assign = leaving()
  goToSignIn('/tickets/7?view=mine')
  goToSignIn('/')
  expect(assign.mock.calls.flat()).toEqual([
    '/login?redirect-to=%2Fhelpdesk%2Ftickets%2F7%3Fview%3Dmine',
    '/login?redirect-to=%2Fhelpdesk',
  ])
})
