import { fireEvent, screen } from '@testing-library/vue'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useCalls } from '@/stores/calls'
import PhoneNumber from './PhoneNumber.vue'

it('is left to the device where one does not telephone from the desk', () => {
  renderInDesk(PhoneNumber, { number: '+49' })
  expect(screen.getByRole('link', { name: '+49' }).getAttribute('href')).toBe('tel:+49')
  expect(screen.queryByRole('button')).toBeNull()
})

it('is called about its ticket, and asked for when there is none', async () => {
  const calls = useCalls()
  calls.media = ['Exotel']
  const dial = vi.spyOn(calls, 'dial').mockResolvedValue()
  const { rerender } = renderInDesk(PhoneNumber, { number: '+49', ticket: '7' })
  await fireEvent.click(screen.getByRole('button', { name: 'Call +49' }))
  await rerender({ number: null, name: 'Cleo', ticket: '7' })
  await fireEvent.click(screen.getByRole('button', { name: 'Call Cleo' }))
  expect(dial.mock.calls).toEqual([['+49', '7'], ['', '7']]) // prettier-ignore
})
