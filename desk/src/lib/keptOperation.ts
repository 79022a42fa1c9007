import { useOwnStorage } from './ownStorage'

/** The work on many tickets whose end nobody has seen yet; it outlives the page. Empty when there is none. */
export const useKeptOperation = () => useOwnStorage('bulk-operation', '')

/** The same of a file that is being written. */
export const useKeptExport = () => useOwnStorage('export-operation', '')
