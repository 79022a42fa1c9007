import { afterEach, expect, it, vi } from 'vitest'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { renderInDesk } from '@/test/render'
import ImageField from './ImageField.vue'

/** The faked server cannot read the forms that jsdom sends; this stands in for the one request that uploads. */
class Upload {
  static answer = { status: 200, text: '' }
  status = Upload.answer.status
  responseText = Upload.answer.text
  upload = {}
  onload: () => void = () => {}
  open() {}
  setRequestHeader() {}
  send() {
    this.onload()
  }
}
afterEach(() => vi.unstubAllGlobals())
async function choose(status: number, body: object) {
  Upload.answer = { status, text: JSON.stringify(body) }
  vi.stubGlobal('XMLHttpRequest', Upload)
  const view = renderInDesk(ImageField, { label: 'Logo', modelValue: '' })
  const files = [new File(['x'], 'logo.png', { type: 'image/png' })]
  await fireEvent.change(screen.getByLabelText('Choose a picture: Logo'), { target: { files } })
  await waitFor(() => expect(screen.queryByText('Uploading …')).toBeNull())
  return view
}

it('keeps the address of the picture that was uploaded', async () => {
  const { emitted } = await choose(200, { message: { file_url: '/files/logo.png' } })
  expect(emitted('update:modelValue')).toEqual([['/files/logo.png']])
})

it('keeps the old picture when the server refuses the new one', async () => {
  const { emitted } = await choose(413, {})
  expect(emitted('update:modelValue')).toBeUndefined()
})

it('shows the picture, and lets it go', async () => {
  const { emitted } = renderInDesk(ImageField, { label: 'Logo', modelValue: '/files/a.png' })
  expect(screen.getByRole('img', { name: 'Logo' }).getAttribute('src')).toBe('/files/a.png')
  await fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(emitted('update:modelValue')).toEqual([['']])
})
