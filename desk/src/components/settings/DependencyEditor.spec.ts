import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import { useTicketFields } from '@/stores/ticketFields'
import DependencyEditor from './DependencyEditor.vue'

const field = (fieldname: string, label: string) => ({ fieldname, label, fieldtype: 'Select', options: 'A\nB' }) // prettier-ignore
function open(taken: object[]) {
  useTicketFields().all = [field('one', 'One'), field('two', 'Two'), field('three', 'Three')]
  return renderInDesk(DependencyEditor, { name: null, taken })
}

it('offers no field that is part of another dependency, and none twice', async () => {
  open([{ name: 'x', enabled: 1, parent_field: 'one', child_field: 'other' }])
  await fireEvent.update(screen.getByLabelText('This field decides'), 'two')
  expect(screen.queryByRole('option', { name: 'One' })).toBeNull()
  expect(screen.getAllByRole('option', { name: 'Two' })).toHaveLength(1)
})

it('cannot be saved before values were put together', async () => {
  open([])
  await fireEvent.update(screen.getByLabelText('This field decides'), 'one')
  await fireEvent.update(screen.getByLabelText('… about this one'), 'two')
  const save = screen.getByRole('button', { name: 'Save' })
  expect(save.hasAttribute('disabled')).toBe(true)
  await fireEvent.click(await screen.findByLabelText('A'))
  expect(save.hasAttribute('disabled')).toBe(false)
})
