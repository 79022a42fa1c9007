/** The colours people choose for statuses, as dots. */
const DOTS: Record<string, string> = {
  Black: 'bg-surface-gray-7',
  Gray: 'bg-surface-gray-5',
  Blue: 'bg-blue-500',
  Green: 'bg-green-500',
  Red: 'bg-red-500',
  Pink: 'bg-pink-500',
  Orange: 'bg-orange-500',
  Amber: 'bg-amber-500',
  Yellow: 'bg-yellow-500',
  Cyan: 'bg-cyan-500',
  Teal: 'bg-teal-500',
  Violet: 'bg-violet-500',
  // The server's list has this one in lower case.
  purple: 'bg-purple-500',
}

/** The same colors behind the words of a label; the text stays readable in both themes. */
const CHIPS: Record<string, string> = {
  Black: 'bg-gray-500/30',
  Gray: 'bg-gray-500/15',
  Blue: 'bg-blue-500/15',
  Green: 'bg-green-500/15',
  Red: 'bg-red-500/15',
  Pink: 'bg-pink-500/15',
  Orange: 'bg-orange-500/15',
  Amber: 'bg-amber-500/15',
  Yellow: 'bg-yellow-500/20',
  Cyan: 'bg-cyan-500/15',
  Teal: 'bg-teal-500/15',
  Violet: 'bg-violet-500/15',
  purple: 'bg-purple-500/15',
}

export function chipClass(color: string | null | undefined): string {
  return CHIPS[color ?? ''] ?? 'bg-gray-500/15'
}

export const COLORS = Object.keys(DOTS)

export function dotClass(color: string | null | undefined): string {
  return DOTS[color ?? ''] ?? 'bg-surface-gray-5'
}
