import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import RequesterField from './RequesterField.vue'

const SEARCH = 'helpdesk.api.contact.search_contacts'
const CREATE = 'helpdesk.api.contact.create_contact'
const cleo = { name: 'Cleo', full_name: 'Cleo Carter', email_id: 'cleo@acme.test' }

it('finds people by name or address, and is driven by keys', async () => {
  answers(SEARCH, [cleo])
  const { emitted } = renderInDesk(RequesterField, { modelValue: null })
  await userEvent.type(screen.getByRole('combobox', { name: 'Requester' }), 'cle')
  expect(await screen.findByText('cleo@acme.test')).toBeTruthy()
  await userEvent.keyboard('{Enter}')
  expect(emitted('update:modelValue')).toEqual([[cleo]])
})

it('makes whoever is not there yet', async () => {
  answers(SEARCH, [])
  answers(CREATE, 'New Person')
  const { emitted } = renderInDesk(RequesterField, { modelValue: null })
  await userEvent.type(screen.getByRole('combobox', { name: 'Requester' }), 'new@acme.test')
  await userEvent.keyboard('{Enter}')
  const name = await screen.findByLabelText('First name *')
  expect(name).toHaveProperty('value', 'new')
  await userEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(emitted('update:modelValue')?.[0]).toEqual([{ name: 'New Person', full_name: 'new', email_id: 'new@acme.test' }])) // prettier-ignore
  expect(asked.find(({ method }) => method === CREATE)?.args.doc).toMatchObject({ email: 'new@acme.test' }) // prettier-ignore
})
