import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answerList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { asked } from '@/test/server'
import ContactList from './ContactList.vue'

const columns = [{ key: 'name', label: 'Name', type: 'Data', width: '17rem' }]

it('lists contacts, each with the way to its page', async () => {
  answerList({ data: [{ name: 'Alder & Sons' }], columns, total_count: 1 })
  renderInDesk(ContactList)
  const link = await screen.findByRole('link', { name: 'Alder & Sons' })
  expect(link.getAttribute('href')).toBe('/contacts/Alder%20%26%20Sons')
  expect(asked.find(({ method }) => method.endsWith('get_list_data'))?.args.doctype).toBe('Contact')
})

it('asks for what a new contact needs', async () => {
  answerList({ data: [], columns, total_count: 0 })
  renderInDesk(ContactList)
  expect(await screen.findByText('No contacts yet')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'New contact' }))
  expect(await screen.findByRole('dialog', { name: 'New contact' })).toBeTruthy()
})
