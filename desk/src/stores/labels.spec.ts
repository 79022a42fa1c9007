import { expect, it } from 'vitest'
import { answers, asked, refuses } from '@/test/server'
import { useLabels } from './labels'

it('offers those with a color first, and each once', async () => {
  answers('frappe.client.get_list', [{ name: 'VIP', color: 'Amber', description: null }])
  answers('frappe.desk.doctype.tag.tag.get_tags', ['Printer', 'VIP'])
  const labels = useLabels()
  await Promise.all([labels.load(), labels.load(), labels.loadUsed()])
  expect(labels.names).toEqual(['VIP', 'Printer'])
  expect(labels.find('VIP')?.color).toBe('Amber')
  expect(asked).toHaveLength(2)
})

it('asks again after a failure', async () => {
  refuses('frappe.client.get_list', 'broken', 500)
  const labels = useLabels()
  await expect(labels.load()).rejects.toThrow('broken')
  answers('frappe.client.get_list', [])
  await expect(labels.load()).resolves.toBeUndefined()
})
