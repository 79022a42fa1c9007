import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import QuotedOriginal from './QuotedOriginal.vue'

it('can be edited or left out', async () => {
  const { emitted } = renderInDesk(QuotedOriginal, { html: '<p>before</p>' })
  await userEvent.click(screen.getByText('Edit the quote'))
  await userEvent.click(screen.getByText('Leave it out'))
  expect(emitted()).toMatchObject({ edit: [[]], remove: [[]] })
})
