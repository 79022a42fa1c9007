import { nextTick, ref } from 'vue'
import { render } from '@testing-library/vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { timelineOf } from '@/lib/timeline'
import { sampleActivities } from '@/test/samples'
import type { TicketActivities } from '@/types/ticket'
import { useThreadTab } from './useThreadTab'

async function at(path: string, hasDetails = false, more: Partial<TicketActivities> = {}) {
  const page = { template: '<div />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)', component: page }] }) // prettier-ignore
  await router.push(path)
  const comment = { name: 'c1', content: 'Hm', commented_by: 'anna@x', creation: '2026-03-02 09:00:00', is_pinned: 0 as const, user: { name: 'Anna' }, attachments: [] } // prettier-ignore
  const timeline = ref(timelineOf(sampleActivities({ comments: [comment], ...more })))
  let found: ReturnType<typeof useThreadTab> | undefined
  const user = {
    setup: () => ((found = useThreadTab(timeline, hasDetails)), {}),
    template: '<i />',
  }
  render(user, { global: { plugins: [router] } })
  return { router, ...(found as ReturnType<typeof useThreadTab>) }
}

it('is named by the hash, and shows that kind only', async () => {
  const { tab, shown, counts } = await at('/tickets/7#comment')
  expect(tab.value).toBe('comment')
  expect(shown.value.map(({ kind }) => kind)).toEqual(['comment'])
  expect(counts.value).toMatchObject({ email: 1, comment: 1, call: 0 })
})

it('is remembered for the next ticket, but for details', async () => {
  const { tab, router } = await at('/tickets/7?view=v1', true)
  tab.value = 'email'
  await router.isReady()
  await nextTick()
  expect((await at('/tickets/8')).tab.value).toBe('email')
  const phone = await at('/tickets/8', true)
  phone.tab.value = 'details'
  await nextTick()
  expect((await at('/tickets/9')).tab.value).toBe('email')
})

it('shows everything while one entry is to be found, then forgets it', async () => {
  const first = await at('/tickets/7')
  first.tab.value = 'email'
  await nextTick()
  const { tab, highlight, forgetHighlight, router } = await at(
    '/tickets/7?view=v1&highlight=comment-c1',
  )
  expect([tab.value, highlight.value]).toEqual(['activity', 'comment-c1'])
  forgetHighlight()
  await expect.poll(() => router.currentRoute.value.query).toEqual({ view: 'v1' })
})

it('has details only where they are a tab', async () => {
  expect((await at('/tickets/7#details')).tab.value).toBe('activity')
  expect((await at('/tickets/7#details', true)).tab.value).toBe('details')
})

it('leaves out what nobody wrote where that is wanted, and remembers it', async () => {
  const view = { name: 'v1', viewed_by: 'anna@x', creation: '2026-03-02 09:30:00', user: { name: 'Anna' } } // prettier-ignore
  const { shown, hidesChanges } = await at('/tickets/7', false, { views: [view] })
  const kinds = () => shown.value.map(({ kind }) => kind)
  expect(kinds()).toContain('view')
  hidesChanges.value = true
  expect(kinds()).toEqual(['mail', 'comment'])
  expect((await at('/tickets/8')).hidesChanges.value).toBe(true)
})
