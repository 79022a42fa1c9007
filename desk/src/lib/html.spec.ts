import { describe, expect, it } from 'vitest'
import { frameDocument, isBlank, textOf, withoutTags, paragraphsOf } from './html'

const plain = { dark: false, remoteImages: false }

describe('message bodies', () => {
  it('never bring scripts, frames or forms into the frame', () => {
    const shown = frameDocument(
      '<p>hi</p><script>x()</script><iframe src="//e"></iframe><form></form>',
      plain,
    )
    expect(shown).toContain('<p>hi</p>')
    expect(shown).not.toMatch(/<script|<iframe|<form/)
  })

  it('load no remote pictures until asked', () => {
    expect(frameDocument('', plain)).toContain("img-src 'self' data:;")
    expect(frameDocument('', { ...plain, remoteImages: true })).toContain('https:')
  })

  it('fold what is quoted', () => {
    const shown = frameDocument('<p>yes</p><blockquote type="cite">before</blockquote>', plain)
    expect(shown).toContain('<details class="quoted"><summary>…</summary><blockquote')
  })

  it('are blank without text or pictures', () => {
    expect(isBlank('<p> <br></p>')).toBe(true)
    expect(isBlank('<p><img src="/files/a.png"></p>')).toBe(false)
    expect(textOf('<p>Hello&nbsp;<b>you</b></p>')).toBe('Hello you')
    expect(withoutTags('a<br>b<b>c</b>')).toBe('a\nbc')
  })
})

it('makes paragraphs of plain text, and leaves markup as text', () => {
  expect(paragraphsOf('Hi <b>you</b> & me,\nhere.\n\nBye')).toBe('<p>Hi &lt;b&gt;you&lt;/b&gt; &amp; me,<br>here.</p><p>Bye</p>') // prettier-ignore
})
