import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import LabelPicker from './LabelPicker.vue'

it('asks for labels to be put on and taken off', async () => {
  answers('frappe.client.get_list', [{ name: 'VIP', color: 'Amber', description: null }])
  answers('frappe.desk.doctype.tag.tag.get_tags', ['Printer'])
  const { emitted } = renderInDesk(LabelPicker, { shown: ['Printer'] })
  await userEvent.click(screen.getByRole('button', { name: 'Label' }))
  await userEvent.click(await screen.findByRole('option', { name: 'VIP' }))
  await userEvent.click(screen.getByRole('option', { name: 'Printer' }))
  expect(emitted()).toMatchObject({ add: [['VIP']], remove: [['Printer']] })
})
