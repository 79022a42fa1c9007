import { expect, it } from 'vitest'
import { fillMasters } from '@/test/render'
import { useSlaState } from './useSlaState'

it('takes the category from the status, which is known first', () => {
  fillMasters()
  const row = { status: 'Replied', status_category: 'Open' as const, resolution_by: '2999-01-01 00:00:00' } // prettier-ignore
  expect(useSlaState(row, 'resolution').value?.tone).toBe('blue')
  expect(useSlaState({ ...row, status: 'Open' }, 'resolution').value?.tone).toBe('orange')
  expect(useSlaState({ ...row, status: 'Unknown' }, 'response').value).toBeNull()
})
