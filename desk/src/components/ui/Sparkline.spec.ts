import { expect, it } from 'vitest'
import { render } from '@testing-library/vue'
import Sparkline from './Sparkline.vue'

const line = (values: number[]) => render(Sparkline, { props: { values } }).container

it('draws the highest value at the top and nothing above it', () => {
  expect(line([0, 5, 10]).querySelector('polyline')?.getAttribute('points')).toBe('0.00,30.00 50.00,16.00 100.00,2.00') // prettier-ignore
})

it('is a flat line without an area when nothing happened', () => {
  expect(line([0, 0]).querySelector('polygon')).toBeNull()
})
