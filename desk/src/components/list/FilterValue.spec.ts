import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import FilterValue from './FilterValue.vue'

it('offers whether there is a value for the operator "is"', () => {
  renderInDesk(FilterValue, {
    field: { fieldname: 'team', fieldtype: 'Link', label: 'Team', options: 'HD Team' },
    operator: 'is',
    modelValue: '',
  })
  expect(screen.getAllByRole('option').length).toBeGreaterThan(1)
})
