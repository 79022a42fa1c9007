import { effectScope } from 'vue'
import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { useShortcuts } from '@/composables/useShortcuts'
import ShortcutSheet from './ShortcutSheet.vue'

it('lists what works on this page', async () => {
  effectScope().run(() => useShortcuts({ z: { label: 'Zap', group: 'Lists', run: () => {} } }))
  renderInDesk(ShortcutSheet, { modelValue: true })
  expect(await screen.findByText('Zap')).toBeTruthy()
})
