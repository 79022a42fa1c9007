import { toast } from 'frappe-ui'
import { expect, it, vi } from 'vitest'
import { NetworkError, ServerError } from '@/api/request'
import { messageOf, showError } from './notify'
import { setCatalogue } from './translate'

it('leaves it to the banner to say that somebody was signed out', () => {
  const error = vi.spyOn(toast, 'error').mockReturnValue(undefined)
  showError(new ServerError(['It is not open to Guest.'], 403, 'PermissionError', true))
  expect(error).not.toHaveBeenCalled()
  showError(new ServerError(['You may not.'], 403, 'PermissionError'))
  expect(error).toHaveBeenCalledWith('You may not.')
})

it('says in the reader’s language that the server cannot be reached', () => {
  const text = 'The server cannot be reached. Check your connection; nothing was lost.'
  setCatalogue({ [text]: 'Der Server ist nicht erreichbar.' })
  expect(messageOf(new NetworkError())).toBe('Der Server ist nicht erreichbar.')
  setCatalogue({})
})
