import { ref, type Ref } from 'vue'
import { toast } from 'frappe-ui'
import type { DraftedTicket } from '@/api/ai'
import { searchRequesters, type Requester } from '@/api/people'
import { paragraphsOf } from '@/lib/html'
import { showError } from '@/lib/notify'
import { __ } from '@/lib/translate'

/** What was made of a text goes into the form of a new ticket; what the text does not say stays as it is. */
export function useDraftedTicket(set: (field: string, value: unknown) => void, requester: Ref<Requester | null>) {
  /** Counts what was filled in, for an editor that shows only what it begins with. */
  const drafts = ref(0)

  async function choose(address: string): Promise<void> {
    const isMeant = ({ email_id }: Requester) => email_id?.toLowerCase() === address.toLowerCase()
    const person = (await searchRequesters(address)).find(isMeant)
    if (person) requester.value = person
    else toast.info(__('{0} is no contact yet. Please choose or make the requester.', address))
  }
  async function take({ description, raised_by, ...fields }: DraftedTicket): Promise<void> {
    for (const [field, value] of Object.entries(fields)) if (value) set(field, value)
    if (description) set('description', paragraphsOf(description))
    drafts.value += 1
    if (raised_by) await choose(raised_by).catch(showError)
  }
  return { take, drafts }
} // prettier-ignore
