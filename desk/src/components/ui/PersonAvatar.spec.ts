import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useDirectory } from '@/stores/directory'
import PersonAvatar from './PersonAvatar.vue'

it('shows initials of the name', () => {
  useDirectory().users = [{ name: 'anna@x', full_name: 'Zoe Berg', user_image: null }] as never
  renderInDesk(PersonAvatar, { user: 'anna@x' })
  expect(screen.getByText(/^Z/)).toBeTruthy()
})
