import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { openedList, sampleView } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { useListView } from '@/composables/useListView'
import { useSession } from '@/stores/session'
import { useViews } from '@/stores/views'
import type { CurrentUser } from '@/api/session'
import ViewMenu from './ViewMenu.vue'

it('offers to save changes of one of my named views', async () => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  const list = await openedList()
  useViews().views = [sampleView()]
  const named = useListView({ doctype: 'HD Ticket', view: 'v' })
  await named.start()
  renderInDesk(ViewMenu, { list: named, title: 'Tickets' })
  expect(screen.getByText('Tickets / Calm ones')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
  named.settings.orderBy = 'subject asc'
  expect(await screen.findByRole('button', { name: 'Save changes' })).toBeTruthy()
  expect(list.isChanged.value).toBe(false)
})
