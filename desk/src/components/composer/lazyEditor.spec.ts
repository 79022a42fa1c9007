import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { lazyEditor } from './lazyEditor'

const Form = { components: { Editor: lazyEditor() }, template: '<Editor model-value="" label="Reply" placeholder="" />' } // prettier-ignore

it('keeps the room of the editor until it is there', () => {
  const { container } = renderInDesk(Form)
  expect(container.querySelector('[aria-busy]')).not.toBeNull()
})
