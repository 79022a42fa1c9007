import { nextTick, ref } from 'vue'
import { expect, it, vi } from 'vitest'
import { ServerError } from '@/api/request'
import { useLoaded } from './useLoaded'

it('shows the newest, whatever order the answers come in', async () => {
  const key = ref('slow')
  const resolvers: Record<string, (value: string) => void> = {}
  const fetch = () => new Promise<string>((resolve) => (resolvers[key.value] = resolve))
  const { data } = useLoaded(() => key.value, fetch)
  key.value = 'fast'
  await nextTick()
  resolvers.fast?.('fast')
  resolvers.slow?.('slow')
  await vi.waitFor(() => expect(data.value).toBe('fast'))
})

it('knows what is missing from what could not be loaded', async () => {
  const refused = (status: number) => useLoaded(() => 1, () => Promise.reject(new ServerError(['no'], status, ''))) // prettier-ignore
  const gone = refused(404)
  const broken = refused(500)
  await vi.waitFor(() =>
    expect([gone.state.value, broken.state.value]).toEqual(['missing', 'failed']),
  )
})
