/** Which files may be put on tickets, said before they are sent; the server decides. Pure. */
import { __ } from './translate'

export interface FileRules {
  max_attachment_mb?: number | null
  /** Endings with commas between them; all files are taken where there are none. */
  attachment_types?: string | null
}
const MEGABYTE = 1024 * 1024
const endingsOf = ({ attachment_types }: FileRules) => (attachment_types ?? '').split(',').map((one) => one.trim()).filter(Boolean) // prettier-ignore

/** Why a file is not taken; empty when it is. */
export function objectionTo(file: { name: string; size: number }, rules: FileRules): string {
  const most = rules.max_attachment_mb ?? 0
  if (most && file.size > most * MEGABYTE)
    return __('{0} is too large: files have {1} MB at most.', file.name, most)
  const taken = endingsOf(rules)
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
  const isTaken = !taken.length || taken.includes(ending)
  return isTaken ? '' : __('{0} is not taken. Files may end in: {1}', file.name, taken.join(', '))
}
