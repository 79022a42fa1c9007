/**
 * Part of `bench build`: writes helpdesk/translations/<language>.csv from helpdesk/locale/<language>.po.
 *
 * Version 15 of the framework reads only those; later versions compile the catalogues by themselves.
 */

const fs = require('node:fs')
const path = require('node:path')

const APP = path.join(__dirname, '..', 'helpdesk')
const PART = /^(msgid|msgstr)? ?(".*")$/

/** Return the pairs of text and translation of a catalogue without contexts and plurals, as ours is. */
function pairs(catalogue) {
  const found = []
  let part = ''
  for (const line of catalogue.split('\n')) {
    const match = PART.exec(line)
    if (!match) continue
    part = match[1] || part
    if (match[1] === 'msgid') found.push({ msgid: '', msgstr: '' })
    found.at(-1)[part] += JSON.parse(match[2])
  }
  return found.filter(({ msgid, msgstr }) => msgid && msgstr)
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`

function csv(catalogue) {
  return pairs(catalogue).map(({ msgid, msgstr }) => `${quoted(msgid)},${quoted(msgstr)}\n`).join('')
}

function main() {
  fs.mkdirSync(path.join(APP, 'translations'), { recursive: true })
  for (const file of fs.readdirSync(path.join(APP, 'locale'))) {
    if (!file.endsWith('.po')) continue
    const target = path.join(APP, 'translations', `${path.basename(file, '.po')}.csv`)
    fs.writeFileSync(target, csv(fs.readFileSync(path.join(APP, 'locale', file), 'utf8')))
  }
}

if (require.main === module) main()

module.exports = { csv }
