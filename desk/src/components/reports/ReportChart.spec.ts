import { screen } from '@testing-library/vue'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import ReportChart from './ReportChart.vue'

const chart = { type: 'bar', data: { labels: ['May', 'June'], datasets: [{ name: 'Open', values: [3600, 5400] }] } } // prettier-ignore
const drawn = () => screen.getByTestId('chart').textContent

it('draws a bar per label', () => {
  renderInDesk(ReportChart, { title: 'Per month', chart })
  expect(drawn()).toContain('["June",5400]')
})

it('draws times in hours', () => {
  renderInDesk(ReportChart, { title: 'Per month', chart, isDuration: true })
  expect(drawn()).toContain('["June",1.5]')
})
