import { expect, it, vi } from 'vitest'
import { render } from '@testing-library/vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { answerQuestion } from '@/test/question'
import { useLeaveGuard } from './useLeaveGuard'

async function stand(isChanged: boolean) {
  const page = { template: '<div />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/else', component: page }] }) // prettier-ignore
  await router.push('/')
  const onLeft = vi.fn()
  const guarded = { setup: () => useLeaveGuard(() => isChanged, onLeft), template: '<div />' }
  const view = render(guarded, { global: { plugins: [router] } })
  return { router, onLeft, view }
}

it('stays when people do not want to lose what is unsaved', async () => {
  const { router, onLeft } = await stand(true)
  await Promise.all([router.push('/else'), answerQuestion(false)])
  expect(router.currentRoute.value.path).toBe('/')
  expect(onLeft).not.toHaveBeenCalled()
})

it('leaves when they do not mind', async () => {
  const { router, onLeft } = await stand(true)
  await Promise.all([router.push('/else'), answerQuestion(true)])
  expect(router.currentRoute.value.path).toBe('/else')
  expect(onLeft).toHaveBeenCalledOnce()
})

it('leaves without a question when nothing is unsaved', async () => {
  const { router, onLeft } = await stand(false)
  await router.push('/else')
  expect([router.currentRoute.value.path, onLeft.mock.calls.length]).toEqual(['/else', 1]) // prettier-ignore
})

it('has the browser ask before it is closed, as long as it lives', async () => {
  const { view } = await stand(true)
  const close = () => new Event('beforeunload', { cancelable: true })
  const event = close()
  window.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
  view.unmount()
  const later = close()
  window.dispatchEvent(later)
  expect(later.defaultPrevented).toBe(false)
})
