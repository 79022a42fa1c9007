import { computed, reactive } from 'vue'
import { expect, it } from 'vitest'
import type { Condition, FilterField } from '@/types/list'
import type { ListView } from './useListView'
import { useTokenSearch } from './useTokenSearch'

const field = (fieldname: string, fieldtype: string): FilterField => ({ fieldname, fieldtype, label: fieldname, options: null }) // prettier-ignore
const known = computed(() => ({ fields: [field('status', 'Link'), field('__text', 'Data')] }))

function searching(filters: Condition[] = []) {
  const settings = reactive({ filters }) as unknown as ListView['settings']
  return { settings, ...useTokenSearch({ settings }, { known }) }
}

it('adds what was typed to the conditions, each once', () => {
  const { settings, text, commit } = searching([['status', '=', 'Open']])
  text.value = 'status:Open does not print'
  commit()
  expect(settings.filters).toEqual([['status', '=', 'Open'], ['__text', 'like', '%does not print%']]) // prettier-ignore
  expect(text.value).toBe('')
})

it('shows what others set, in words or else as a sentence', () => {
  const { pills } = searching([['status', '!=', 'Open'], ['status', '<', 'Open']]) // prettier-ignore
  expect(pills.value.map(({ text }) => text)).toEqual(['-status:Open', 'status is less than Open'])
})

it('keeps a slip as a wrong word with its reason, out of the conditions', () => {
  const { settings, text, pills, commit, remove } = searching()
  text.value = 'colour:red'
  commit()
  expect(settings.filters).toEqual([])
  expect(pills.value).toMatchObject([{ text: 'colour:red', isWrong: true }])
  expect(pills.value[0]?.title).toContain('colour')
  expect(remove(0)).toBe('colour:red')
  expect(pills.value).toEqual([])
})

it('brings a word back to be changed, and forgets all at once', () => {
  const { settings, text, edit, clear, query } = searching([['status', '=', 'Open'], ['status', '!=', 'x']]) // prettier-ignore
  expect(query.value).toBe('status:Open -status:x')
  edit(1)
  expect([text.value, settings.filters]).toEqual(['-status:x', [['status', '=', 'Open']]])
  clear()
  expect([text.value, settings.filters]).toEqual(['', []])
})
