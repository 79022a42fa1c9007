/** Script reports: run one, export it. */
import { call } from './request'

export interface ReportColumn {
  fieldname: string
  label: string
  fieldtype: string
  options?: string | null
}
export interface ReportChart {
  type: 'line' | 'bar'
  data: { labels: string[]; datasets: { name: string; values: number[] }[] }
  colors?: string[]
  barOptions?: { stacked?: boolean | 0 | 1 }
}
export interface ReportSummary {
  label: string
  value: number
  indicator?: string
}
export type ReportRow = Record<string, string | number | null>
export interface Report {
  columns: ReportColumn[]
  result: ReportRow[]
  chart: ReportChart | null
  report_summary: ReportSummary[] | null
}
export type ReportFilters = Record<string, unknown>
const PATH = 'frappe.desk.query_report'

export const runReport = (report_name: string, filters: ReportFilters) =>
  call<Report>(`${PATH}.run`, { report_name, filters, ignore_prepared_report: true })

/** Where the browser downloads a report from. */
export function reportAddress(
  name: string,
  filters: ReportFilters,
  format: 'CSV' | 'Excel',
): string {
  // prettier-ignore
  const query = new URLSearchParams({
    report_name: name,
    filters: JSON.stringify(filters),
    file_format_type: format,
    csrf_token: window.csrf_token ?? '',
  })
  return `/api/method/${PATH}.export_query?${query}`
}
