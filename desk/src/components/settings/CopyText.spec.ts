import { afterEach, expect, it, vi } from 'vitest'
import { fireEvent, screen } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import CopyText from './CopyText.vue'

afterEach(() => vi.unstubAllGlobals())

it('puts the text on the clipboard', async () => {
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
  renderInDesk(CopyText, { label: 'Key', text: 'abc' })
  await fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
  expect(writeText).toHaveBeenCalledWith('abc')
})
