import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { answerList } from '@/test/lists'
import { renderInDesk } from '@/test/render'
import { asked } from '@/test/server'
import CustomerList from './CustomerList.vue'

const columns = [{ key: 'name', label: 'Name', type: 'Data', width: '17rem' }]

it('lists customers, each with the way to its page', async () => {
  answerList({ data: [{ name: 'Alder & Sons' }], columns, total_count: 1 })
  renderInDesk(CustomerList)
  const link = await screen.findByRole('link', { name: 'Alder & Sons' })
  expect(link.getAttribute('href')).toBe('/customers/Alder%20%26%20Sons')
  expect(asked.find(({ method }) => method.endsWith('get_list_data'))?.args.doctype).toBe(
    'HD Customer',
  )
})

it('asks for what a new customer needs', async () => {
  answerList({ data: [], columns, total_count: 0 })
  renderInDesk(CustomerList)
  expect(await screen.findByText('No customers yet')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'New customer' }))
  expect(await screen.findByRole('dialog', { name: 'New customer' })).toBeTruthy()
})
