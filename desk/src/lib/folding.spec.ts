import { describe, expect, it } from 'vitest'
import { foldQuotes } from './folding'

function folded(html: string): { open: string; hidden: string; html: string } {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  foldQuotes(parsed)
  const { innerHTML } = parsed.body
  const folds = [...parsed.querySelectorAll('details.quoted')]
  parsed.querySelectorAll('summary').forEach((each) => each.remove())
  const hidden = folds.map((each) => each.textContent ?? '').join('|')
  folds.forEach((each) => each.remove())
  return { open: parsed.body.textContent ?? '', hidden, html: innerHTML }
}

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48271) % 2147483647) yield state
}

describe('quoted parts', () => {
  it.each([
    ['Gmail', '<div>Yes</div><div class="gmail_quote"><div class="gmail_attr">On Monday:</div><blockquote class="gmail_quote">before</blockquote></div>', 'Yes', 'On Monday:before'],
    ['Apple Mail', '<div>Yes<br><blockquote type="cite"><div>On Monday:</div>before</blockquote></div>', 'Yes', 'On Monday:before'],
    ['Thunderbird', '<p>Yes</p><div class="moz-cite-prefix">On Monday:<br></div><blockquote type="cite">before</blockquote>', 'Yes', 'On Monday:before'],
    ['Outlook on the web', '<div>Yes</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: A</div><div>before</div>', 'Yes', 'From: Abefore'],
    ['Outlook', '<div class="WordSection1"><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>From: A</p></div></div><p>before</p></div>', 'Yes', 'From: Abefore'],
    ['a line between dashes', 'Yes<br>-----Original Message-----<br>From: A<br>before', 'Yes', '-----Original Message-----From: Abefore'],
  ])('of %s are folded whole', (_name, html, open, hidden) => {
    expect(folded(html)).toMatchObject({ open, hidden })
  }) // prettier-ignore

  it('leave what is written below and between them', () => {
    const found = folded('<blockquote type="cite">one?</blockquote><p>Yes</p><blockquote type="cite">two?</blockquote><p>No</p>') // prettier-ignore
    expect(found).toMatchObject({ open: 'YesNo', hidden: 'one?|two?' })
    const within = folded('<p>See below</p><div class="gmail_quote"><blockquote>one?</blockquote><p>Yes</p><blockquote>two?</blockquote></div>') // prettier-ignore
    expect(within).toMatchObject({ open: 'See belowYes', hidden: 'one?|two?' })
  })

  it('of a forwarded mail stay open, for there is nothing else', () => {
    const html = '<br><div class="gmail_quote">Forwarded<br>words</div>'
    expect(folded(html).html).toBe(html)
    expect(folded('<img src="cid:a"><div class="gmail_quote">words</div>').hidden).toBe('words')
  })

  it('are folded once, with the quotes in them', () => {
    const found = folded('Yes<blockquote type="cite">b<blockquote type="cite">a</blockquote></blockquote>') // prettier-ignore
    expect(found.html.match(/<details/g)).toHaveLength(1)
  })

  it('lose no word and hide no answer, whatever the mail looks like', () => {
    const openings = ['<div>', '<p>', '<blockquote type="cite">', '<div class="gmail_quote">', '<blockquote>', '<div class="moz-cite-prefix">', '<div id="divRplyFwdMsg">', '</div>', '</blockquote>', '<hr>', '<br>', '-----Original Message-----'] // prettier-ignore
    const next = numbers(7)
    for (let round = 0; round < 60; round += 1) {
      const pieces = Array.from({ length: 12 }, (_, at) => `${openings[next.next().value % openings.length]} word${at} `) // prettier-ignore
      const html = pieces.join('')
      const before = new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''
      const found = folded(html)
      const after = new DOMParser().parseFromString(found.html, 'text/html')
      after.querySelectorAll('summary').forEach((each) => each.remove())
      const hidesAll = !found.open.trim() && found.hidden !== ''
      expect({ html, text: after.body.textContent, hidesAll }).toEqual({ html, text: before, hidesAll: false }) // prettier-ignore
    }
  })
})
