import { useOwnStorage } from './ownStorage'

/** The work on many tickets whose end nobody has seen yet; it outlives the page. Empty when there is none. */
export const useKeptOperation = () => useOwnStorage('bulk-operation', '')

/** The same of a file that is being written. */
export const useKeptExport = () => useOwnStorage('export-operation', '')

/** The same of tickets that are being begun with customers. */
export const useKeptOutreach = () => useOwnStorage('outreach-operation', '')
