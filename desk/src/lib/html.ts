/** Message bodies: safe to show in a sandboxed frame, and short plain text for previews. */
import { foldQuotes } from './folding'

const TAGS = /<[^>]+>/g

/** Plain text of an HTML body, for previews and "is it empty?". */
export function textOf(html: string | null | undefined): string {
  if (!html) return ''
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return (parsed.body.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Whether somebody wrote anything: text, an image or a video. */
export function isBlank(html: string | null | undefined): boolean {
  return !textOf(html) && !/<(img|video|hr|table)\b/i.test(html ?? '')
}

/** Plain text as HTML: an empty line begins a paragraph, and what looks like markup is text. */
export function paragraphsOf(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const paragraphs = escaped.trim().split(/\n\s*\n/)
  return paragraphs.map((one) => `<p>${one.replace(/\n/g, '<br>')}</p>`).join('')
}

/** Server messages may carry simple markup; toasts show them as text. */
export function withoutTags(text: string): string {
  return text.replace(/<br\s*\/?>/gi, '\n').replace(TAGS, '')
}

const FRAME_STYLE = `
  :root { color-scheme: light; }
  :root[data-theme=dark] { color-scheme: dark; }
  body { margin: 0; display: flow-root; font: 14px/1.6 InterVar, Inter, ui-sans-serif, system-ui, sans-serif; overflow-wrap: anywhere; background: transparent; }
  body > :first-child { margin-top: 0; }
  body > :last-child { margin-bottom: 0; }
  img, video, table { max-width: 100%; height: auto; }
  pre { white-space: pre-wrap; }
  blockquote { margin: 0.5em 0; padding-inline-start: 0.9em; border-inline-start: 2px solid #8884; opacity: 0.85; }
  a { color: #2563eb; }
  details.quoted > summary { cursor: pointer; width: max-content; list-style: none; padding: 0 8px; border-radius: 6px;
    background: #8883; line-height: 16px; }
  [data-theme=dark] body, body[data-theme=dark] { color: #e5e5e5; }
  [data-theme=dark] a { color: #93c5fd; }
  [data-theme=dark] body * { color: inherit !important; background-color: transparent !important; }
`

/**
 * The document of the sandboxed frame a message is shown in. Quoted text is folded; remote images are left out unless
 * `remoteImages`, and a policy forbids everything else from loading.
 */
export function frameDocument(
  html: string,
  options: { dark: boolean; remoteImages: boolean },
): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  parsed
    .querySelectorAll('script, iframe, object, embed, base, link, meta, form')
    .forEach((node) => node.remove())
  if (!options.remoteImages) dropRemoteImages(parsed)
  foldQuotes(parsed)
  const images = options.remoteImages ? "'self' data: https: http:" : "'self' data:"
  const policy = `default-src 'none'; img-src ${images}; media-src 'self'; style-src 'unsafe-inline'; font-src 'self'`
  return (
    `<!doctype html><html data-theme="${options.dark ? 'dark' : 'light'}"><head>` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<base target="_blank"><style>${fontFaces()}${FRAME_STYLE}</style></head><body dir="auto">${parsed.body.innerHTML}</body></html>`
  )
}

/** The desk's own letters; a frame does not inherit them. */
function fontFaces(): string {
  const faces: string[] = []
  for (const sheet of document.styleSheets) {
    if (sheet.href && new URL(sheet.href).origin !== window.location.origin) continue
    for (const rule of sheet.cssRules) {
      if (!rule.cssText.startsWith('@font-face')) continue
      const base = sheet.href ?? document.baseURI
      faces.push(rule.cssText.replace(/url\("([^"]+)"\)/g, (_, path: string) => `url("${new URL(path, base).href}")`)) // prettier-ignore
    }
  }
  return faces.join('')
}

/** Leave no broken pictures where remote ones are not loaded. */
function dropRemoteImages(parsed: Document): void {
  for (const image of parsed.querySelectorAll('img')) {
    if (/^https?:/i.test(image.getAttribute('src') ?? '')) image.remove()
  }
}

/** Whether a body shows pictures from somewhere else. */
export function hasRemoteImages(html: string): boolean {
  return /<img[^>]+src=["']?https?:/i.test(html)
}
