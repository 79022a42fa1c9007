import { readonly, ref } from 'vue'

const now = ref(new Date())
let timer: ReturnType<typeof setInterval> | undefined

/** The present moment, moving on every twenty seconds; shared by everything that counts down. */
export function useNow() {
  timer ??= setInterval(() => (now.value = new Date()), 20_000)
  return readonly(now)
}
