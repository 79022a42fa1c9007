import { effectScope } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { answerList } from '@/test/lists'
import { fillMasters } from '@/test/render'
import { asked } from '@/test/server'
import { useListView } from './useListView'
import { useBoard } from './useBoard'

it('asks each status for its own cards', async () => {
  fillMasters()
  answerList({ data: [], total_count: 0 })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const board = scope.run(() => useBoard(useListView({ doctype: 'HD Ticket' })))
  const shown = () => board?.columns.value.map(({ status }) => status)
  await vi.waitFor(() => expect(shown()).toEqual(['Open', 'Replied', 'Resolved']))
  const filters = asked.map(({ args }) => JSON.stringify(args.filters))
  expect(filters).toContain('[["status","=","Replied"]]')
})
