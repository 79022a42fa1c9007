/**
 * `depends_on` of a field, read without running code: a field name, or `eval:` with comparisons joined by && or ||.
 * What cannot be read counts as met, so that no field disappears by mistake. Pure.
 */
export function isMet(
  expression: string | null | undefined,
  doc: Record<string, unknown>,
): boolean {
  const text = (expression ?? '').trim()
  if (!text) return true
  if (!text.startsWith('eval:')) return isTruthy(doc[text])
  return text
    .slice(5)
    .split('||')
    .some((part) => part.split('&&').every((term) => holds(term.trim(), doc)))
}

function isTruthy(value: unknown): boolean {
  return Boolean(value) && value !== '0'
}

function holds(term: string, doc: Record<string, unknown>): boolean {
  const compared = /^\(?\s*doc\.(\w+)\s*(===?|!==?)\s*(['"]?)(.*?)\3\s*\)?;?$/.exec(term)
  if (compared) {
    const [, field = '', operator = '', , wanted] = compared
    return (String(doc[field] ?? '') === wanted) === operator.startsWith('=')
  }
  const plain = /^(!?)\(?\s*doc\.(\w+)\s*\)?;?$/.exec(term)
  if (plain) return isTruthy(doc[plain[2] ?? '']) !== (plain[1] === '!')
  return true
}
