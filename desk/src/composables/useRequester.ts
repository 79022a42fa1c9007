import { computed, ref } from 'vue'
import { getContactInfo, type Requester } from '@/api/people'
import { showError } from '@/lib/notify'
import type { Choice } from '@/types/list'

/** On whose behalf a ticket is made. Their customer is filled in; of several, one is to be chosen. */
export function useRequester(set: (field: string, value: string) => void) {
  const person = ref<Requester | null>(null)
  const customers = ref<string[]>([])

  async function choose(chosen: Requester | null): Promise<void> {
    person.value = chosen
    customers.value = []
    set('raised_by', chosen?.email_id ?? '')
    set('contact', chosen?.name ?? '')
    if (!chosen) return set('customer', '')
    const found = await getContactInfo(chosen.name).catch(showError)
    if (person.value?.name !== chosen.name || !found) return
    customers.value = found.customers.map(({ name }) => name)
    set('customer', customers.value.length === 1 ? (customers.value[0] ?? '') : '')
  }
  const requester = computed({ get: () => person.value, set: (chosen) => void choose(chosen) })
  /** The customers to choose among, when the requester has several. */
  const choices = computed<Record<string, Choice[]>>(() => {
    const several = customers.value.length > 1 ? customers.value : []
    const customer = several.map((name) => ({ label: name, value: name }))
    const found: Record<string, Choice[]> = {}
    if (customer.length) found.customer = customer
    return found
  })
  return { requester, choices }
}
