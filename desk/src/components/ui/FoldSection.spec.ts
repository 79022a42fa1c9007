import { nextTick } from 'vue'
import { cleanup, fireEvent, screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import FoldSection from './FoldSection.vue'

it('stays folded on the next page', async () => {
  const props = { title: 'Files', name: 'files', count: 3 }
  renderInDesk(FoldSection, props)
  const details = screen.getByText('Files').closest('details') as HTMLDetailsElement
  expect(details.open).toBe(true)
  details.open = false
  await fireEvent(details, new Event('toggle'))
  await nextTick()
  cleanup()
  renderInDesk(FoldSection, props)
  expect(screen.getByText('Files').closest('details')?.open).toBe(false)
})
