/** Entities marked in a message: pieces to tap, and marks as they are saved. Places count characters, not UTF-16 units. */

import type { Entity } from '@/common/entities'

export interface Mark {
  entity: string
  start: number
  end: number
}

export type Span = readonly [number, number]

export interface Piece {
  text: string
  start: number
  end: number
  /** Blanks between words are none. */
  isWord: boolean
}

/** Pieces that belong to one mark, or to none. */
export interface Group {
  mark: Mark | null
  pieces: Piece[]
}

/** One for each kind in the order they are offered; so many kinds have a key. */
export const KIND_KEYS = '123456789abcdefghijklmnopqrstuvwxyz'

/** What the bot found that can be drawn: inside the text; where two overlap, the one that begins first. */
export function marksFrom(found: readonly Entity[], text: string): Mark[] {
  const length = [...text].length
  const marks: Mark[] = []
  const sorted = found.map(({ entity, start = 0, end = 0 }) => ({ entity, start, end })).sort((one, other) => one.start - other.start)
  for (const mark of sorted) {
    const last = marks.at(-1)?.end ?? 0
    if (mark.start >= last && mark.start < mark.end && mark.end <= length) marks.push(mark)
  }
  return marks
}

/** The text cut at its words (or at every character) and at the edges of marks. */
export function grouped(text: string, words: readonly Span[], marks: readonly Mark[], isByCharacter = false): Group[] {
  const letters = [...text]
  const cuts = new Set([0, letters.length, ...words.flat(), ...marks.flatMap(({ start, end }) => [start, end])])
  if (isByCharacter) letters.forEach((_, at) => cuts.add(at))
  const places = [...cuts].filter((at) => at >= 0 && at <= letters.length).sort((one, other) => one - other)
  const groups: Group[] = []
  places.slice(0, -1).forEach((start, index) => {
    const end = places[index + 1]
    const piece = { text: letters.slice(start, end).join(''), start, end, isWord: letters.slice(start, end).join('').trim() !== '' }
    const mark = marks.find((each) => each.start <= start && end <= each.end) ?? null
    const last = groups.at(-1)
    if (last && last.mark === mark) last.pieces.push(piece)
    else groups.push({ mark, pieces: [piece] })
  })
  return groups
}

const touches = (mark: Mark, start: number, end: number): boolean => mark.start < end && start < mark.end

/** A new mark takes the place of those it touches. */
export function withMark(marks: readonly Mark[], fresh: Mark): Mark[] {
  return [...withoutMarks(marks, fresh.start, fresh.end), fresh].sort((one, other) => one.start - other.start)
}

export function withoutMarks(marks: readonly Mark[], start: number, end: number): Mark[] {
  return marks.filter((mark) => !touches(mark, start, end))
}

/** The line as the language files will have it. */
export function annotated(text: string, marks: readonly Mark[]): string {
  const letters = [...text]
  let line = ''
  let at = 0
  for (const { entity, start, end } of [...marks].sort((one, other) => one.start - other.start)) {
    line += `${letters.slice(at, start).join('')}[${letters.slice(start, end).join('')}](${entity})`
    at = end
  }
  return (line + letters.slice(at).join('')).trim().replace(/\s+/g, ' ')
}
