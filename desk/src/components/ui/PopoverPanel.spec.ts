import { screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import PopoverPanel from './PopoverPanel.vue'

const Page = {
  components: { PopoverPanel },
  template: `<PopoverPanel label="Choose"><template #trigger><button>Open</button></template>
    <template #default="{ close }"><button @click="close">Done</button></template></PopoverPanel>`,
}

it.each([
  ['Escape', () => userEvent.keyboard('{Escape}')],
  ['its content', () => userEvent.click(screen.getByRole('button', { name: 'Done' }))],
])('has a name, is closed by %s and gives the focus back', async (_, close) => {
  renderInDesk(Page)
  await userEvent.click(screen.getByRole('button', { name: 'Open' }))
  expect(await screen.findByRole('dialog', { name: 'Choose' })).toBeTruthy()
  await close()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' }))
})
