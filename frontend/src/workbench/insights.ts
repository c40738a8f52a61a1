/** What the insights say in words, and the grid of confusions. */

import type { Confusion, IntentHealth, IntentProblem } from './model'

export interface Advice {
  problem: IntentProblem
  title: string
  /** The next step. */
  step: string
}

const TITLES: Record<IntentProblem, string> = { confused: '容易读错', asked_back: '常要反问', thin: '语料太少', dead: '没人问' }

/** One a problem, the gravest first. */
export function adviceFor({ problems, examples, heard, unclear, taken_for }: IntentHealth, titleOf: (name: string) => string): Advice[] {
  const others = taken_for.slice(0, 2).map((name) => `「${titleOf(name)}」`).join('、')
  const steps: Record<IntentProblem, string> = {
    confused: others ? `常被读成${others}。点开格子看是哪几句，把两边语料里说法一样的分清楚` : '别的话常被读成它。看看它的语料里有没有放错的句子',
    asked_back: `${heard} 句里有 ${unclear} 句要反问。到收件箱把这些话标上`,
    thin: `只有 ${examples} 句语料。到收件箱里挑真实的说法补进来`,
    dead: '30 天里没有一句读成它。用试问试几句常见的说法，看是真没人问，还是读到别处去了',
  }
  return problems.map((problem) => ({ problem, title: TITLES[problem], step: steps[problem] }))
}

export interface Grid {
  /** Intents meant, those misread most first. */
  rows: string[]
  /** Intents read. */
  columns: string[]
  cell: (row: string, column: string) => Confusion | null
  most: number
}

export function gridOf(confusions: readonly Confusion[]): Grid {
  const cells = new Map(confusions.map((one) => [`${one.expected} ${one.read_as}`, one]))
  return {
    rows: byWeight(confusions, ({ expected }) => expected),
    columns: byWeight(confusions, ({ read_as }) => read_as),
    cell: (row, column) => cells.get(`${row} ${column}`) ?? null,
    most: Math.max(1, ...confusions.map(({ sentences }) => sentences.length)),
  }
}

function byWeight(confusions: readonly Confusion[], side: (one: Confusion) => string): string[] {
  const weights = new Map<string, number>()
  for (const one of confusions) weights.set(side(one), (weights.get(side(one)) ?? 0) + one.sentences.length)
  return [...weights].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([name]) => name)
}
