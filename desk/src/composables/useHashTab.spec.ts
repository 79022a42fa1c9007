import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { renderAt } from '@/test/render'
import { useHashTab } from './useHashTab'

const Tabs = defineComponent({
  setup: () => ({ tab: useHashTab(['tickets', 'feedback']) }),
  template: `<output>{{ tab }}</output><button @click="tab = 'feedback'">Feedback</button>`,
})

it.each([
  ['/contacts/Cleo', 'tickets'],
  ['/contacts/Cleo#feedback', 'feedback'],
  ['/contacts/Cleo#nonsense', 'tickets'],
])('at %s the tab is %s', async (path, tab) => {
  await renderAt(path, Tabs)
  expect(screen.getByRole('status').textContent).toBe(tab)
})

it('keeps the chosen tab in the address', async () => {
  await renderAt('/contacts/Cleo?view=v1', Tabs)
  await fireEvent.click(screen.getByRole('button', { name: 'Feedback' }))
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('feedback'))
})
