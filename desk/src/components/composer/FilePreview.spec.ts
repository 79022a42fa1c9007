import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import FilePreview from './FilePreview.vue'

const file = (file_name: string) => ({ name: file_name, file_name, file_url: `/private/files/${file_name}` }) // prettier-ignore
const [smoke, fire, notes] = [file('smoke.png'), file('fire.png'), file('notes.txt')]
function shown(first = smoke, files = [smoke, fire, notes]) {
  const page = { components: { FilePreview }, data: () => ({ first, files }), template: '<FilePreview v-model:file="first" :files="files" />' } // prettier-ignore
  return renderInDesk(page)
}
const picture = () => screen.getByRole<HTMLImageElement>('img')

it('shows a picture and a way to keep it', async () => {
  shown(smoke, [smoke])
  expect((await screen.findByRole('img')).getAttribute('src')).toBe('/private/files/smoke.png')
  expect(screen.getByText('Download')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Next file' })).toBeNull()
})

it('goes on to the next file and back, by button and by key', async () => {
  shown()
  expect(await screen.findByText('1 of 3')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Next file' }))
  expect(picture().alt).toBe('fire.png')
  await userEvent.keyboard('{ArrowRight}')
  expect(screen.getByTitle('notes.txt').tagName).toBe('IFRAME')
  expect(screen.getByRole('button', { name: 'Next file' })).toHaveProperty('disabled', true)
  await userEvent.click(screen.getByRole('button', { name: 'Previous file' }))
  expect(picture().alt).toBe('fire.png')
})

it('takes a closer look, which ends with the next picture', async () => {
  shown()
  await userEvent.click(await screen.findByRole('button', { name: 'Larger' }))
  expect(picture().style.width).toBe('200%')
  await userEvent.click(screen.getByRole('button', { name: 'Next file' }))
  expect(picture().style.width).toBe('')
  await userEvent.click(picture())
  expect(picture().style.width).toBe('200%')
})
