import { expect, it } from 'vitest'
import { dueAfter } from './slaExample'

const week = ['Monday', 'Tuesday'].map((workday) => ({ workday, start_time: '09:00:00', end_time: '17:00:00' })) // prettier-ignore

it('counts working hours only', () => {
  expect(dueAfter('Monday', '10:00', 3600, week)).toEqual({
    day: 'Monday',
    after: 0,
    time: '11:00',
  })
  expect(dueAfter('Monday', '16:00', 7200, week)).toEqual({
    day: 'Tuesday',
    after: 1,
    time: '10:00',
  })
  expect(dueAfter('Tuesday', '17:00', 3600, week)).toEqual({
    day: 'Monday',
    after: 6,
    time: '10:00',
  })
})

it('never comes when nothing is open', () => {
  expect(dueAfter('Monday', '10:00', 60, [])).toBeNull()
})
