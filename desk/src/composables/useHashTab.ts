import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The open tab of a page, kept in the hash of its address; the first one stands without it. */
export function useHashTab(names: string[]) {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => names.find((name) => route.hash === `#${name}`) ?? names[0] ?? '',
    set: (name) => void router.replace({ query: route.query, hash: `#${name}` }),
  })
}
