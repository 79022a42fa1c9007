import { ref, shallowRef } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import { sampleView } from '@/test/lists'
import { answers, asked, refuses } from '@/test/server'
import { useSession } from '@/stores/session'
import { useViews } from '@/stores/views'
import type { CurrentUser } from '@/api/session'
import type { Column } from '@/types/list'
import { useListSettings } from './useListSettings'

const columns: Column[] = [{ key: 'subject', label: 'Subject', type: 'Data', width: '20rem' }]
const OPEN = '[["status","=","Open"]]'
function kept(setup: object = {}) {
  const settings = useListSettings({ doctype: 'HD Ticket', ...setup }, shallowRef(columns))
  settings.applyView()
  return settings
}
beforeEach(() => {
  useSession().user = { user_id: 'anna@x' } as CurrentUser
  answers('frappe.client.set_value', sampleView())
})

it('takes what a view says: conditions, order, columns, groups or a board', () => {
  useViews().views = [
    sampleView({ filters: OPEN, order_by: 'name asc', columns: JSON.stringify(columns), type: 'group_by', group_by_field: 'status' }),
    sampleView({ name: 'b', type: 'kanban' }),
  ] // prettier-ignore
  expect(kept({ view: 'v' }).settings).toMatchObject({ filters: [['status', '=', 'Open']], orderBy: 'name asc', columns, groupBy: 'status', isBoard: false }) // prettier-ignore
  expect(kept({ view: 'b' }).settings).toMatchObject({ orderBy: 'modified desc', isBoard: true })
})

it('knows whether something was changed, and forgets it when told to', () => {
  const view = ref<string | undefined>('v')
  useViews().views = [sampleView({ filters: OPEN })]
  const { settings, isChanged, applyView } = kept({ view })
  settings.filters = []
  expect(isChanged.value).toBe(true)
  applyView()
  expect(isChanged.value).toBe(false)
  expect(settings.filters).toEqual([['status', '=', 'Open']])
})

it('keeps what was set while the first view was still on its way', () => {
  const early = useListSettings({ doctype: 'HD Ticket', view: 'v' }, shallowRef(columns))
  early.settings.isBoard = true
  useViews().views = [sampleView({ filters: OPEN, order_by: 'name asc' })]
  early.applyView()
  expect(early.settings).toMatchObject({ isBoard: true, orderBy: 'name asc', filters: [['status', '=', 'Open']] }) // prettier-ignore
  expect(early.isChanged.value).toBe(true)
})

it('stores the columns that are shown, also where none were chosen', async () => {
  useViews().views = [sampleView()]
  const { settings, save } = kept({ view: 'v' })
  settings.groupBy = 'priority'
  await save()
  expect(asked.at(-1)?.args.fieldname).toMatchObject({ columns: JSON.stringify(columns), type: 'group_by', group_by_field: 'priority' }) // prettier-ignore
})

it('is still changed when it could not be saved', async () => {
  useViews().views = [sampleView()]
  refuses('frappe.client.set_value', 'Not yours')
  const { settings, save, isChanged } = kept({ view: 'v' })
  settings.orderBy = 'name asc'
  await expect(save()).rejects.toThrow('Not yours')
  expect(isChanged.value).toBe(true)
})
