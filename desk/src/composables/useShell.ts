import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useShortcuts } from './useShortcuts'
import { useSocketEvent } from './useSocketEvent'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useAi } from '@/stores/ai'
import { useCalls } from '@/stores/calls'
import { useDirectory } from '@/stores/directory'
import { useLayout } from '@/stores/layout'
import { useNotifications } from '@/stores/notifications'
import { useSession } from '@/stores/session'
import { useViewCounts } from '@/stores/viewCounts'
import { useViews } from '@/stores/views'

/** What the frame needs on every page: views, people, notifications, and the shortcuts that always work. */
export function useShell(): void {
  const session = useSession()
  const layout = useLayout()
  const notifications = useNotifications()
  const router = useRouter()

  useViews().load().catch(showError)
  useSocketEvent('helpdesk:settings-updated', () => void session.reloadConfig().catch(showError))
  useShortcuts({
    '?': { label: __('Show shortcuts'), run: () => (layout.areShortcutsOpen = true) },
    'mod+/': () => (layout.areShortcutsOpen = true),
  })
  if (!session.isAgent) return

  const reloadNotifications = () => void notifications.reload().catch(showError)
  reloadNotifications()
  useDirectory().load().catch(showError)
  useCalls().load().catch(showError)
  const lookForAi = () => void useAi().load().catch(showError)
  lookForAi()
  useSocketEvent('helpdesk:settings-updated', lookForAi)
  useSocketEvent('helpdesk:notification', reloadNotifications)
  const views = useViews()
  const counts = useViewCounts()
  const countAgain = () => void counts.refresh([...views.publicViews, ...views.pinnedViews])
  watch(() => [...views.publicViews, ...views.pinnedViews], (shown) => shown.length && void counts.load(shown), { immediate: true }) // prettier-ignore
  useSocketEvent('helpdesk:new-ticket', countAgain)
  useSocketEvent('list_update', ({ doctype }) => doctype === 'HD Ticket' && countAgain())
  useSocketEvent('helpdesk:comment-reaction-update', reloadNotifications)
  useShortcuts({
    'mod+k': { label: __('Commands and search'), run: () => (layout.isPaletteOpen = true) },
    'mod+,': { label: __('Settings'), run: () => layout.openSettings() },
    n: { label: __('New ticket'), run: () => void router.push('/tickets/new') },
  })
}
