/** Finding what a mail only repeats of earlier ones, and folding it away in a parsed document. */

/** Hold a quote each, mostly with the line that introduces it. */
const HOLDERS = '.gmail_quote, .yahoo_quoted, .protonmail_quote, blockquote[type="cite"]'
/** Introduce the quote after them. */
const LEADS = '.moz-cite-prefix, .gmail_attr'
/** Begin the header of the mail below, as Outlook writes it; from there on everything is quoted. */
const HEADERS =
  '#appendonsend, #divRplyFwdMsg, #mail-editor-reference-message-container, ' +
  'div[style*="border-top:solid #E1E1E1"], div[style*="border-top:solid #B5C4DF"]'
const SEPARATOR =
  /^\s*-{3,}\s*(original message|ursprüngliche nachricht|originalnachricht)\s*-{3,}\s*$/i
const FOLD = 'details.quoted'

/** Fold each quote. A message that is nothing but a quote, as a forwarded one, stays open. */
export function foldQuotes(parsed: Document): void {
  const { body } = parsed
  const whole = [...body.cloneNode(true).childNodes]
  foldFrom(parsed, headerIn(parsed))
  for (const holder of body.querySelectorAll(HOLDERS)) {
    if (holder.parentElement?.closest(`${HOLDERS}, ${FOLD}`)) continue
    for (const quote of quotesIn(holder)) fold(parsed, quote)
  }
  if (body.querySelector(FOLD) && !isVisible(withoutFolds(body))) body.replaceChildren(...whole)
}

/** The holder itself, or those of its quotes between which somebody wrote answers. */
function quotesIn(holder: Element): Element[] {
  const quotes = [...holder.children].filter((each) => each.matches('blockquote'))
  const answers = holder.cloneNode(true) as Element
  for (const each of [...answers.children]) if (each.matches(`blockquote, ${LEADS}`)) each.remove()
  return quotes.length && isVisible(answers) ? quotes : [holder]
}

function fold(parsed: Document, quote: Element): void {
  const details = newFold(parsed)
  quote.before(details)
  details.append(...leadOf(details), quote)
}

/** The line that introduces what comes next, unless something is written between them. */
function leadOf(next: Element): Element[] {
  let before = next.previousSibling
  while (before instanceof Text && !before.data.trim()) before = before.previousSibling
  return before instanceof Element && before.matches(LEADS) ? [before] : []
}

/** The node with which the mail below begins: an element of Outlook, or a line between dashes. */
function headerIn(parsed: Document): Node | null {
  const header = parsed.body.querySelector(HEADERS)
  if (header) return header
  const texts = parsed.createTreeWalker(parsed.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) if (SEPARATOR.test(texts.currentNode.textContent ?? '')) return texts.currentNode // prettier-ignore
  return null
}

function foldFrom(parsed: Document, start: Node | null): void {
  if (!start) return
  const rest = parsed.createRange()
  rest.setStartBefore(start)
  rest.setEnd(parsed.body, parsed.body.childNodes.length)
  const details = newFold(parsed)
  details.append(rest.extractContents())
  parsed.body.append(details)
}

function newFold(parsed: Document): HTMLDetailsElement {
  const details = parsed.createElement('details')
  const summary = parsed.createElement('summary')
  details.className = 'quoted'
  summary.textContent = '…'
  details.append(summary)
  return details
}

function withoutFolds(body: HTMLElement): Element {
  const rest = body.cloneNode(true) as HTMLElement
  rest.querySelectorAll(FOLD).forEach((each) => each.remove())
  return rest
}

function isVisible(element: Element): boolean {
  return Boolean(element.textContent?.trim()) || element.querySelector('img, video') !== null
}
