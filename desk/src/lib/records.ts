/** What forms ask about customers. */
import { __ } from './translate'
import type { FormField } from '@/types/form'

export const customerFields = (): FormField[] => [
  { name: 'customer_name', label: __('Name'), type: 'text', required: true },
  { name: 'customer_type', label: __('Type'), type: 'select', options: ['Company', 'Individual', 'Partnership'] },
  { name: 'domain', label: __('Mail domains'), type: 'text', hint: __('Who writes from one of them belongs to the customer. Separate several by commas.') },
  { name: 'country', label: __('Country'), type: 'link', doctype: 'Country' },
] // prettier-ignore
