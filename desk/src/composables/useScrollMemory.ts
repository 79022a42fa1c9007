import { watch, type Ref } from 'vue'
import { useScroll } from '@vueuse/core'
import { useRouter } from 'vue-router'

/** Where one was in a list, for the way back: kept for its address, and gone to once there are rows. */
export function useScrollMemory(
  scroller: Readonly<Ref<HTMLElement | null>>,
  rows: Readonly<Ref<unknown[]>>,
) {
  const { y } = useScroll(scroller)
  const place = `helpdesk-scroll:${useRouter().currentRoute.value.fullPath}`
  let wasAt = Number(sessionStorage.getItem(place) ?? 0)
  watch(y, (now) => sessionStorage.setItem(place, String(now)))
  watch(rows, () =>
    requestAnimationFrame(() => {
      if (wasAt) scroller.value?.scrollTo({ top: wasAt })
      wasAt = 0
    }),
  )
  return { y }
}
