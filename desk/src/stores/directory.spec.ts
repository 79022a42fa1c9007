import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { useDirectory } from './directory'

it('is fetched once, and again after a failure', async () => {
  refuses('helpdesk.api.session.get_users', 'Busy', 500)
  const directory = useDirectory()
  await expect(directory.load()).rejects.toThrow()
  answers('helpdesk.api.session.get_users', [{ name: 'anna@x', full_name: 'Anna' }])
  await directory.load()
  await directory.load()
  expect(directory.nameOf('anna@x')).toBe('Anna')
  expect(asked).toHaveLength(2)
})
