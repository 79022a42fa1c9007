import { defineComponent, h } from 'vue'
import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderAt } from '@/test/render'
import { useTargetRoute } from './useTargetRoute'

const Path = defineComponent({
  setup() {
    const target = useTargetRoute()
    return () => h('p', target.value.path)
  },
})

it('knows where somebody goes before they are there, and where they stay when they may not', async () => {
  const { router } = await renderAt('/tickets', Path)
  let arrive: (may: boolean) => void = () => {}
  const page = new Promise<boolean>((resolve) => (arrive = resolve))
  router.beforeResolve(() => page)
  const going = router.push('/tickets/7')
  expect(await screen.findByText('/tickets/7')).toBeTruthy()
  expect(router.currentRoute.value.path).toBe('/tickets')
  arrive(false)
  await going
  expect(await screen.findByText('/tickets')).toBeTruthy()
})
