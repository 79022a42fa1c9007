/** Texts in the reader's language: `__('Assigned to {0}', name)`. */

let catalogue: Record<string, string> = {}

export function setCatalogue(messages: Record<string, string>): void {
  catalogue = messages
}

export function __(text: string, ...values: (string | number)[]): string {
  const translated = catalogue[text] || text
  return translated.replace(/\{(\d+)\}/g, (slot, index: string) =>
    String(values[Number(index)] ?? slot),
  )
}
