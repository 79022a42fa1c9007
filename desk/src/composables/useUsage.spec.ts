import { expect, it } from 'vitest'
import { answers, asked } from '@/test/server'
import type { RecordKind } from '@/types/form'
import { useUsage } from './useUsage'

const kind = (values: Partial<RecordKind>): RecordKind => ({ doctype: 'HD Ticket Category', one: 'Category', title: 'name', fields: [], ...values }) // prettier-ignore

it('counts tickets only where they are sorted by such records', async () => {
  answers('helpdesk.api.settings.kinds.get_usage', { Billing: 4 })
  useUsage(kind({}))
  expect(asked).toEqual([])
  const { usage } = useUsage(kind({ counts: { holds: true } }))
  await expect.poll(() => usage.value.Billing).toBe(4)
  expect(asked.at(-1)?.args).toEqual({ doctype: 'HD Ticket Category' })
})
