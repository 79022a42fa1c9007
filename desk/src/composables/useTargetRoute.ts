import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useRouter, type RouteLocationNormalizedGeneric } from 'vue-router'

/** Where somebody is going, from the press on: while a page is still being fetched, its name is lit already. */
export function useTargetRoute(): Readonly<ShallowRef<RouteLocationNormalizedGeneric>> {
  const router = useRouter()
  const target = shallowRef<RouteLocationNormalizedGeneric>(router.currentRoute.value)
  const stops = [
    router.beforeEach((to) => void (target.value = to)),
    router.afterEach(() => void (target.value = router.currentRoute.value)),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  return target
}
