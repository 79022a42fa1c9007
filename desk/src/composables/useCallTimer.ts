import { computed, onScopeDispose, ref, toValue, type MaybeRefOrGetter } from 'vue'

const two = (amount: number) => String(amount).padStart(2, '0')

/** How long a call has lasted, as `1:05` or `1:00:05`; it stands still once there is an end. */
export function useCallTimer(
  start: MaybeRefOrGetter<number | null>,
  end: MaybeRefOrGetter<number | null>,
) {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => {
    const begun = toValue(start)
    if (begun === null) return ''
    const seconds = Math.max(0, Math.floor(((toValue(end) ?? now.value) - begun) / 1000))
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
    const tail = two(seconds % 60)
    return hours ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`
  })
}
