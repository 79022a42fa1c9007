import { expect, it } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import TabHeader from './TabHeader.vue'

it('says what is unsaved, and leads back', async () => {
  const { emitted } = renderInDesk(TabHeader, { title: 'Second Line', isChanged: true, hasBack: true, hasSave: true }) // prettier-ignore
  expect(screen.getByRole('heading', { name: 'Second Line' })).toBeTruthy()
  expect(screen.getByText('Not saved')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Save' }).getAttribute('type')).toBe('submit')
  await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
  expect(emitted('back')).toHaveLength(1)
})

it('offers nothing that a list has no use for', () => {
  renderInDesk(TabHeader, { title: 'Teams', about: 'Who works together.' })
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('Who works together.')).toBeTruthy()
})
