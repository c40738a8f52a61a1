import { annotated, grouped, marksFrom, withMark, withoutMarks } from '@/workbench/marks'
import { describe, expect, it } from 'vitest'

const texts = (text: string, words: [number, number][], ...rest: [marks: never[], isByCharacter?: boolean]) =>
  grouped(text, words, ...rest).flatMap(({ pieces }) => pieces.filter(({ isWord }) => isWord).map((piece) => piece.text))

describe('marking entities', () => {
  it('cuts a message at its words, by characters where an emoji counts once', () => {
    expect(texts('我😂165 穿', [[0, 1], [1, 2], [2, 5], [6, 7]], [])).toEqual(['我', '😂', '165', '穿'])
    expect(texts('165 穿', [[0, 3], [4, 5]], [], true)).toEqual(['1', '6', '5', '穿'])
  })

  it('cuts at the edges of a mark, too, and keeps its pieces together', () => {
    const groups = grouped('165cm穿', [[0, 5], [5, 6]], [{ entity: 'height_cm', start: 0, end: 3 }])
    expect(groups.map(({ mark, pieces }) => [mark?.entity ?? '', pieces.map(({ text }) => text)])).toEqual([['height_cm', ['165']], ['', ['cm', '穿']]])
  })

  it('lets a new mark take the place of those it touches', () => {
    const marks = [{ entity: 'size', start: 0, end: 2 }, { entity: 'color', start: 4, end: 5 }]
    expect(withMark(marks, { entity: 'product', start: 1, end: 3 })).toEqual([{ entity: 'product', start: 1, end: 3 }, marks[1]])
    expect(withoutMarks(marks, 4, 5)).toEqual([marks[0]])
  })

  it('draws of what the bot found only what lies inside and does not overlap', () => {
    const found = [{ entity: 'size', value: 'M', start: 3, end: 4 }, { entity: 'age', value: 1, start: 0, end: 2 }, { entity: 'price', value: 1, start: 1, end: 2 }, { entity: 'date', value: '', start: 3, end: 9 }]
    expect(marksFrom(found, '十六穿M')).toEqual([{ entity: 'age', start: 0, end: 2 }, { entity: 'size', start: 3, end: 4 }])
  })

  it('writes the line as the language files will have it', () => {
    expect(annotated('😂我165  穿M', [{ entity: 'size', start: 8, end: 9 }, { entity: 'height_cm', start: 2, end: 5 }])).toBe('😂我[165](height_cm) 穿[M](size)')
  })
})
