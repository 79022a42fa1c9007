import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import TemplateFields from './TemplateFields.vue'

const field = (values: object) => ({
  fieldname: 'size',
  label: 'Size',
  fieldtype: 'Select',
  options: 'S\nL',
  required: 0,
  hide_from_customer: 0,
  placeholder: null,
  url_method: null,
  ...values,
})

it('shows a field only when its condition is met', () => {
  const { unmount } = renderInDesk(TemplateFields, {
    fields: [field({ depends_on: 'eval:doc.kind == "shirt"' })],
    doc: { kind: 'shoe' },
  })
  expect(screen.queryByLabelText('Size')).toBeNull()
  unmount()
  renderInDesk(TemplateFields, {
    fields: [field({ depends_on: 'eval:doc.kind == "shirt"' })],
    doc: { kind: 'shirt' },
  })
  expect(screen.getByLabelText('Size')).toBeTruthy()
})

it('offers what scripts left to choose from', async () => {
  const { emitted } = renderInDesk(TemplateFields, {
    fields: [field({})],
    doc: {},
    narrowed: { size: [{ label: 'XL', value: 'XL' }] },
  })
  expect(screen.queryByRole('option', { name: 'S' })).toBeNull()
  await userEvent.selectOptions(screen.getByLabelText('Size'), 'XL')
  expect(emitted().change).toEqual([['size', 'XL']])
})
