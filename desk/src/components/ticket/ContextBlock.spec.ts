import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ContextBlock from './ContextBlock.vue'

const shown = (kind: string, rows: object[]) =>
  renderInDesk(ContextBlock, { block: { key: 'x', title: 'X', kind, rows } })

it('links to records that the desk has a page for', () => {
  shown('fields', [
    { label: 'Customer', value: 'Acme & Sons', doctype: 'HD Customer', name: 'Acme & Sons' },
    { label: 'Invoice', value: 'INV-1', doctype: 'Sales Invoice', name: 'INV-1' },
    { label: 'Since', value: null },
  ])
  const links = screen.getAllByRole('link')
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/customers/Acme%20%26%20Sons'])
  expect(screen.getByText('INV-1')).toBeTruthy()
  expect(screen.getByText('–')).toBeTruthy()
})

it('draws how much of something is used', () => {
  shown('progress', [{ label: 'Activations', value: 4, of: 5 }])
  expect(screen.getByText('4 of 5')).toBeTruthy()
  expect(screen.getByRole('meter', { name: 'Activations' }).getAttribute('aria-valuenow')).toBe('80') // prettier-ignore
})

it('makes a table of what the rows have', () => {
  shown('table', [{ Product: 'Pump', Price: 3 }, { Product: 'Hose' }])
  expect(screen.getAllByRole('columnheader').map((head) => head.textContent?.trim())).toEqual(['Product', 'Price']) // prettier-ignore
  expect(screen.getAllByRole('row')).toHaveLength(3)
})

it('says that a block could not be made', () => {
  shown('failed', [])
  expect(screen.getByText('This could not be loaded.')).toBeTruthy()
})
