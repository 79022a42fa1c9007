import { afterEach, expect, it, vi } from 'vitest'
import { painted } from './painted'

afterEach(() => void vi.restoreAllMocks())

it('waits for the frame that shows the last change', async () => {
  const frames: FrameRequestCallback[] = []
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame))
  let isPainted = false
  const done = painted().then(() => (isPainted = true))
  await Promise.resolve()
  expect(isPainted).toBe(false)
  frames.forEach((frame) => frame(0))
  await done
  expect(isPainted).toBe(true)
})

it('does not wait in a hidden window, whose frames stand still', async () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  const frame = vi.spyOn(window, 'requestAnimationFrame')
  await painted()
  expect(frame).not.toHaveBeenCalled()
})
