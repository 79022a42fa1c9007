import { readonly, ref } from 'vue'
import { showError } from '@/lib/notify'

/** One thing at a time: whether it runs, and a failure shown. */
export function useBusy() {
  const isBusy = ref(false)

  /** Do it unless something runs already; false when it did not come to its end. */
  async function run(work: () => unknown): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    try {
      await work()
      return true
    } catch (error) {
      showError(error)
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy: readonly(isBusy), run }
}
