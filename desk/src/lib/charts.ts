/** Charts of the dashboard in the reader's words. Pure. */
import type { Chart } from '@/api/analytics'
import { __ } from './translate'

const WORDS: Record<string, () => string> = {
  date: () => __('Date'),
  open: () => __('Open'),
  closed: () => __('Closed'),
  SLA_fulfilled: () => __('SLA fulfilled'),
  rated_tickets: () => __('Rated tickets'),
  rating: () => __('Rating'),
  count: () => __('Tickets'),
  team: () => __('Team'),
  type: () => __('Type'),
  priority: () => __('Priority'),
  channel: () => __('Channel'),
}
/** Shares in the order of their size, told apart on light and on dark ground. */
export const SHARE_COLORS = ['#37a2da', '#67c9a4', '#f5c144', '#ff9f7f', '#e0688f', '#9d8df1']

/** What a column of a chart is called. */
export const columnLabel = (column: string): string => WORDS[column]?.() ?? column

/** Tell whether there is nothing to draw: no row, or only zeros in them. */
export const isEmptyChart = (chart: Chart): boolean =>
  chart.data.every((row) =>
    Object.values(row)
      .slice(1)
      .every((value) => !value),
  )

/** Series of an axis chart, as the server names them. */
export const seriesOf = (chart: Chart): { name: string }[] =>
  Array.isArray(chart.series) ? (chart.series as { name: string }[]) : []

/** What a column holds for the picture: a day on which nobody rated has no rating, rather than none of five stars. */
function drawn(row: Chart['data'][number], column: string): string | number | null {
  if (column === 'rating' && !row.rated_tickets) return null
  return row[column] ?? __('Not set')
}

/** The same chart with its columns named for people. */
export function inWords(chart: Chart): Record<string, unknown> {
  const data = chart.data.map((row) =>
    Object.fromEntries(Object.keys(row).map((column) => [columnLabel(column), drawn(row, column)])),
  )
  const axis = chart.xAxis as { key: string } | undefined
  return {
    ...chart,
    data,
    ...(axis && { xAxis: { ...axis, key: columnLabel(axis.key) } }),
    ...(chart.categoryColumn && { categoryColumn: columnLabel(chart.categoryColumn) }),
    ...(chart.valueColumn && { valueColumn: columnLabel(chart.valueColumn) }),
    series: seriesOf(chart).map((series) => ({ ...series, name: columnLabel(series.name) })),
  }
}
