import { defineComponent, h, nextTick, ref, shallowRef } from 'vue'
import { expect, it, vi } from 'vitest'
import { renderAt } from '@/test/render'
import { useScrollMemory } from './useScrollMemory'

async function opened() {
  const rows = shallowRef<number[]>([])
  const scroller = ref<HTMLElement | null>(null)
  const List = defineComponent({
    setup: () => (useScrollMemory(scroller, rows), () => h('div', { ref: scroller })),
  })
  const { unmount } = await renderAt('/tickets?view=mine', List)
  return { rows, scroller, unmount }
}

it('comes back to where one was, once there are rows', async () => {
  const first = await opened()
  Object.assign(first.scroller.value as HTMLElement, { scrollTop: 400 })
  first.scroller.value?.dispatchEvent(new Event('scroll'))
  await vi.waitFor(() => expect(sessionStorage).toHaveLength(1))
  first.unmount()

  const again = await opened()
  const scrollTo = vi.spyOn(again.scroller.value as HTMLElement, 'scrollTo')
  again.rows.value = [1]
  await nextTick()
  await vi.waitFor(() => expect(scrollTo).toHaveBeenCalledWith({ top: 400 }))
  sessionStorage.clear()
})
