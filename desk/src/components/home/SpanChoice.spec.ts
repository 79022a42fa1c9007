import { reactive } from 'vue'
import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import SpanChoice from './SpanChoice.vue'

it('asks for two days where no named period fits', async () => {
  const modelValue = reactive({ period: '6m', from: '', to: '' })
  renderInDesk(SpanChoice, { label: 'Period', periods: [{ label: '6 months', value: '6m' }], modelValue }) // prettier-ignore
  expect(screen.queryByLabelText('From')).toBeNull()
  await userEvent.selectOptions(screen.getByLabelText('Period'), 'own')
  await userEvent.type(screen.getByLabelText('From'), '2026-05-03')
  await userEvent.type(screen.getByLabelText('Until'), '2026-05-09')
  expect(modelValue).toEqual({ period: 'own', from: '2026-05-03', to: '2026-05-09' })
})
