import { computed, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { listFilterFields } from '@/api/lists'
import type { FilterField } from '@/types/list'

/** Every record has these; no form asks for them. */
const OF_EVERY_RECORD = /^(_.*|name|owner|creation|modified|modified_by|assigned_on)$/
/** The server gives these their values itself. */
const NOT_IN_FORMS = ['status', 'status_category', 'agreement_status', 'subject', 'description']

/** The fields that tickets have here, fetched once; several settings are about them. */
export const useTicketFields = defineStore('ticketFields', () => {
  const all = shallowRef<FilterField[]>([])
  const own = computed(() => all.value.filter(({ fieldname }) => !OF_EVERY_RECORD.test(fieldname)))
  const inForms = computed(() => own.value.filter(({ fieldname }) => !NOT_IN_FORMS.includes(fieldname))) // prettier-ignore
  let loading: Promise<void> | null = null

  /** Fetch them unless they are there; a failed attempt may be repeated. */
  function load(): Promise<void> {
    loading ??= listFilterFields('HD Ticket')
      .then((found) => void (all.value = found))
      .catch((error: unknown) => {
        loading = null
        throw error
      })
    return loading
  }
  return { all, own, inForms, load }
})
