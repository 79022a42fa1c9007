import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { renderInDesk } from '@/test/render'
import ManyConfirm from './ManyConfirm.vue'

const ask = (count: number, confirm = vi.fn()) => {
  renderInDesk(ManyConfirm, { modelValue: true, title: 'T', message: 'M', confirmLabel: 'Go', count, confirm }) // prettier-ignore
  return confirm
}

it('wants the number typed where there are many', async () => {
  const confirm = ask(60)
  const go = await screen.findByRole<HTMLButtonElement>('button', { name: 'Go' })
  expect(go.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText('Type 60 to go on'), '6')
  expect(go.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText('Type 60 to go on'), '0')
  await userEvent.click(go)
  expect(confirm).toHaveBeenCalledOnce()
})

it('asks once about few', async () => {
  const confirm = ask(3)
  await userEvent.click(await screen.findByRole('button', { name: 'Go' }))
  expect(confirm).toHaveBeenCalledOnce()
})
