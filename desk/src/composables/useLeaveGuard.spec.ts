import { afterEach, expect, it, vi } from 'vitest'
import { render } from '@testing-library/vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useLeaveGuard } from './useLeaveGuard'

afterEach(() => vi.restoreAllMocks())
async function stand(isChanged: boolean, answer = false) {
  const page = { template: '<div />' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }, { path: '/else', component: page }] }) // prettier-ignore
  await router.push('/')
  const onLeft = vi.fn()
  const confirm = vi.spyOn(window, 'confirm').mockReturnValue(answer)
  const guarded = { setup: () => useLeaveGuard(() => isChanged, onLeft), template: '<div />' }
  const view = render(guarded, { global: { plugins: [router] } })
  return { router, onLeft, confirm, view }
}

it('stays when people do not want to lose what is unsaved', async () => {
  const { router, onLeft } = await stand(true)
  await router.push('/else')
  expect(router.currentRoute.value.path).toBe('/')
  expect(onLeft).not.toHaveBeenCalled()
})

it('leaves without a question when nothing is unsaved', async () => {
  const { router, onLeft, confirm } = await stand(false)
  await router.push('/else')
  expect([router.currentRoute.value.path, onLeft.mock.calls.length, confirm.mock.calls.length]).toEqual(['/else', 1, 0]) // prettier-ignore
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
