import { fireEvent, screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it, onTestFinished, vi } from 'vitest'
import { narrowScreen, renderInDesk } from '@/test/render'
import SectionLinks from './SectionLinks.vue'

/** A box with two parts, of which the second begins so far below its top. */
function box(secondAt: number): { box: HTMLElement; goTo: () => void } {
  const element = document.createElement('div')
  element.innerHTML = '<p data-section="description"></p><p data-section="comments"></p>'
  Object.defineProperties(element, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } })
  document.body.append(element)
  onTestFinished(() => element.remove())
  const second = element.lastElementChild as HTMLElement
  second.getBoundingClientRect = () => new DOMRect(0, secondAt, 10, 10)
  second.scrollIntoView = vi.fn()
  return { box: element, goTo: second.scrollIntoView }
}
const marked = () => screen.getAllByRole('button').filter((link) => link.ariaCurrent === 'true' || link.getAttribute('aria-current')).map((link) => link.textContent?.trim()) // prettier-ignore

it('marks the part that was scrolled to', async () => {
  renderInDesk(SectionLinks)
  expect(marked()).toEqual(['Details'])
  await fireEvent.scroll(box(200).box)
  expect(marked()).toEqual(['Description'])
  await fireEvent.scroll(box(20).box)
  expect(marked()).toEqual(['Comments'])
})

it('goes to a part', async () => {
  narrowScreen()
  renderInDesk(SectionLinks)
  const { goTo } = box(500)
  await userEvent.click(screen.getByRole('button', { name: 'Comments' }))
  expect(goTo).toHaveBeenCalledOnce()
  expect(marked()).toEqual(['Comments'])
})
