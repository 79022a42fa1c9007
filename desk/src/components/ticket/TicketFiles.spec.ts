import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { sampleMail } from '@/test/samples'
import TicketFiles from './TicketFiles.vue'

it('lists each file of the conversation once', () => {
  const mail = sampleMail({
    attachments: [{ name: 'f1', file_name: 'smoke.png', file_url: '/private/files/smoke.png' }],
  })
  renderInDesk(TicketFiles, {
    timeline: [
      { kind: 'mail', key: 'a', at: '', mail },
      { kind: 'mail', key: 'b', at: '', mail },
    ],
  })
  expect(screen.getAllByRole('link', { name: 'smoke.png' })).toHaveLength(1)
})
