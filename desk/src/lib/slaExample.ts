/** "Opened Monday at 9:00, answered by …": what an SLA means, counted in its working hours. Pure; no holidays. */
export interface WorkingDay {
  workday: string
  start_time: string
  end_time: string
}
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

export interface Moment {
  day: string
  /** Days after the start. */
  after: number
  time: string
}

/** When so many working seconds have passed since a weekday and time; null when no day is open. */
export function dueAfter(
  day: string,
  time: string,
  seconds: number,
  week: WorkingDay[],
): Moment | null {
  let left = seconds
  const first = DAYS.indexOf(day)
  for (let after = 0; after < 400; after++) {
    const name = DAYS[(first + after) % 7] ?? ''
    const open = week.find(({ workday }) => workday === name)
    if (!open) continue
    const opens = secondsOf(open.start_time)
    const from = after === 0 ? Math.max(opens, secondsOf(time)) : opens
    const room = Math.max(0, secondsOf(open.end_time) - from)
    if (left <= room) {
      const at = from + left
      const clock = [Math.floor(at / 3600), Math.floor((at % 3600) / 60)]
      return {
        day: name,
        after,
        time: clock.map((part) => String(part).padStart(2, '0')).join(':'),
      }
    }
    left -= room
  }
  return null
}
