import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import RecipientPills from './RecipientPills.vue'

it('takes a pasted list apart', async () => {
  const { emitted } = renderInDesk(RecipientPills, { label: 'To', modelValue: '' })
  await userEvent.click(screen.getByLabelText('To'))
  await userEvent.paste('Cleo <cleo@c.test>; carl@c.test')
  expect(emitted()['update:modelValue']).toEqual([['cleo@c.test, carl@c.test']])
})

it('suggests contacts', async () => {
  answers('helpdesk.api.contact.search_contacts', [{ full_name: 'Cleo', email_id: 'cleo@c.test' }])
  const { emitted } = renderInDesk(RecipientPills, { label: 'To', modelValue: 'a@b.test' })
  await userEvent.type(screen.getByLabelText('To'), 'cle')
  await screen.findByRole('option', { name: /Cleo/ })
  await userEvent.type(screen.getByLabelText('To'), '{ArrowDown}{Enter}')
  expect(emitted()['update:modelValue']).toEqual([['a@b.test, cleo@c.test']])
})

it('gives the last one up at Backspace', async () => {
  const { emitted } = renderInDesk(RecipientPills, {
    label: 'To',
    modelValue: 'a@b.test, c@d.test',
  })
  await userEvent.type(screen.getByLabelText('To'), '{Backspace}')
  expect(emitted()['update:modelValue']).toEqual([['a@b.test']])
})
