import { ref, type Ref } from 'vue'
import { useIntersectionObserver } from '@vueuse/core'

/** Whether something has come near the screen; from then on it stays so. Where a browser cannot tell, it has. */
export function useOnceSeen(place: Readonly<Ref<HTMLElement | null>>) {
  const isSeen = ref(false)
  const { stop, isSupported } = useIntersectionObserver(
    place,
    ([entry]) => {
      if (!entry?.isIntersecting) return
      isSeen.value = true
      stop()
    },
    { rootMargin: '200px' },
  )
  if (!isSupported.value) isSeen.value = true
  return isSeen
}
