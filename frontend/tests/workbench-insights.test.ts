import { describe, expect, it } from 'vitest'
import { adviceFor, gridOf } from '@/workbench/insights'
import type { Confusion, IntentHealth } from '@/workbench/model'
import { withVariants } from '@/workbench/scripts'

const confusion = (expected: string, read_as: string, count: number): Confusion => ({
  expected,
  read_as,
  sentences: Array.from({ length: count }, (_, index) => ({ text: `${expected}${index}`, confidence: 0.5 })),
})

describe('the grid of confusions', () => {
  it('has only intents that are confused, those misread most first', () => {
    const grid = gridOf([confusion('stock', 'size', 1), confusion('track', 'urge', 3), confusion('stock', 'urge', 1)])
    expect(grid.rows).toEqual(['track', 'stock'])
    expect(grid.columns).toEqual(['urge', 'size'])
    expect(grid.cell('stock', 'size')?.sentences).toHaveLength(1)
    expect(grid.cell('track', 'size')).toBeNull()
    expect(grid.most).toBe(3)
  })
})

describe('what to do about a weak intent', () => {
  const intent = (values: Partial<IntentHealth>): IntentHealth => ({ name: 'stock', examples: 12, f1: 0.7, support: 10, heard: 20, unclear: 8, problems: [], taken_for: [], ...values })
  const step = (values: Partial<IntentHealth>): string => adviceFor(intent(values), (name) => `〈${name}〉`)[0]?.step ?? ''

  it('names what it is taken for', () => {
    expect(step({ problems: ['confused'], taken_for: ['size', 'price', 'urge'] })).toContain('「〈size〉」、「〈price〉」')
  })

  it('tells numbers where they matter', () => {
    expect(step({ problems: ['asked_back'] })).toContain('20 句里有 8 句')
    expect(step({ problems: ['thin'] })).toContain('12 句')
  })

  it('is silent about a sound one', () => {
    expect(adviceFor(intent({}), String)).toEqual([])
  })
})

describe('ways to ask that come from the insights', () => {
  it('are added once', () => {
    const entry = { id: 'a', intent: 'b', question: '能参观吗', variants: ['可以参观吗'], scripts: [] }
    expect(withVariants(entry, ['能参观吗', '可以参观吗', '想去看看车间'])).toEqual(['可以参观吗', '想去看看车间'])
  })
})
