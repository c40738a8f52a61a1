/** The "/" palette: which phrases fit what was typed after the stroke. Pure. */

import type { Phrase } from './model'

export const SHOWN = 8

export interface Slash {
  /** Where the stroke stands in the text. */
  start: number
  query: string
}

/** A stroke at the beginning of the field or of a line, with what follows up to the caret. A Chinese keyboard's 、 counts. */
export function slashAt(text: string, caret: number): Slash | null {
  const match = /(^|\n)[/、]([^\s/、]{0,20})$/.exec(text.slice(0, caret))
  return match ? { start: match.index + match[1].length, query: match[2].toLowerCase() } : null
}

/** The best first: initials from the start, words of the title, initials inside, pinyin in full, words of the text. */
export function ranked(phrases: readonly Phrase[], query: string): Phrase[] {
  if (!query) return phrases.slice(0, SHOWN)
  const found = phrases.flatMap((phrase, index) => {
    const place = placeOf(phrase, query)
    return place === null ? [] : [{ phrase, place, index }]
  })
  return found.sort((a, b) => a.place - b.place || a.index - b.index).slice(0, SHOWN).map(({ phrase }) => phrase)
}

function placeOf(phrase: Phrase, query: string): number | null {
  // Among equals the agents' own phrases stand before the bot's scripts, and the shorter title before the longer.
  const own = phrase.id.startsWith('own.') ? 0 : 0.5
  const length = Math.min(phrase.title.length, 40) / 100
  const places = [
    phrase.initials === query,
    phrase.initials.startsWith(query),
    phrase.title.toLowerCase().includes(query),
    query.length > 1 && phrase.initials.includes(query),
    query.length > 2 && phrase.pinyin.startsWith(query),
    phrase.group.includes(query),
    query.length > 1 && phrase.text.replace(/\{\w+\}/g, '').toLowerCase().includes(query),
  ]
  const first = places.indexOf(true)
  return first < 0 ? null : first + own + length
}
