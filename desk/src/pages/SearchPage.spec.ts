import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers } from '@/test/server'
import SearchPage from './SearchPage.vue'

it('asks for at least two letters', async () => {
  answers('frappe.client.get_list', [])
  answers('helpdesk.api.search.get_filter_options', {
    teams: {},
    statuses: {},
    priorities: {},
    doctypes: {},
  })
  renderInDesk(SearchPage)
  expect(await screen.findByText('Type at least two letters')).toBeTruthy()
})
