import { toast } from 'frappe-ui'
import { showError } from './notify'

/** Copy a text and say so. Browsers may refuse; then that is said. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.success(done)
  } catch (error) {
    showError(error)
  }
}
