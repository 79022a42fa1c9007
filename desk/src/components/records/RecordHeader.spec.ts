import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import RecordHeader from './RecordHeader.vue'

const about = { title: 'Acme', image: null, list: { label: 'Customers', to: '/customers' } }

it('offers what one may do', async () => {
  const edit = vi.fn()
  renderInDesk(RecordHeader, { ...about, actions: [{ label: 'Edit', icon: 'edit-2', onClick: edit }] }) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'What to do with Acme' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  expect(edit).toHaveBeenCalledOnce()
})

it('has no menu when nothing is allowed', () => {
  const actions = [{ label: 'Edit', icon: 'edit-2', condition: () => false, onClick: () => {} }]
  renderInDesk(RecordHeader, { ...about, actions })
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByRole('link', { name: 'Customers' })).toBeTruthy()
})
