/** Durations as people write them: `1d 4h 30m`. Pure. */
const SECONDS: Record<string, number> = { d: 86400, h: 3600, m: 60, s: 1 }

/** Seconds of a text such as `4h 30m`; a bare number counts hours. */
export function readDuration(text: string): number {
  const bare = /^\s*(\d+(?:[.,]\d+)?)\s*$/.exec(text)
  if (bare?.[1]) return Math.round(Number(bare[1].replace(',', '.')) * 3600)
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:[.,]\d+)?)\s*([dhms])/gi))
    total += Number((amount ?? '0').replace(',', '.')) * (SECONDS[(unit ?? '').toLowerCase()] ?? 0)
  return Math.round(total)
}

export function writeDuration(seconds: number): string {
  let rest = seconds
  return Object.entries(SECONDS)
    .flatMap(([unit, length]) => {
      const amount = Math.floor(rest / length)
      rest -= amount * length
      return amount ? [`${amount}${unit}`] : []
    })
    .join(' ')
}
