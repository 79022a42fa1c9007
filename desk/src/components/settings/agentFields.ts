/** What is set up about an agent, as data. */
import { __ } from '@/lib/translate'
import { useMasters } from '@/stores/masters'
import type { RecordKind } from '@/types/form'

const isNoManager = ({ isManager }: Record<string, unknown>) => !isManager
export const AGENT: RecordKind = {
  doctype: 'HD Agent', one: __('Agent'), title: 'agent_name',
  fields: [
    { name: 'skills', label: __('Skills'), type: 'text', hint: __('With commas between them, such as SQL, French. Tickets whose category needs them go to who has them.') },
    { name: 'only_own_and_unassigned', label: __('Sees only their own tickets and those that nobody works on'), type: 'check', when: isNoManager },
    { name: 'categories', label: __('Sees only tickets of these categories'), type: 'ticks', column: 'category', options: () => useMasters().categories.map(({ name }) => name), when: isNoManager, hint: __('Without any: all. What is assigned to an agent, or filed by them, they see in any case.') },
  ],
} // prettier-ignore
