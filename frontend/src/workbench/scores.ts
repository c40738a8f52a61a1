/** Two evaluations side by side. */

import type { Estimate, Misread, Scores } from './model'

export interface ScoreRow {
  intent: string
  /** Null where the old model did not know the intent. */
  before: number | null
  after: number
  change: number
  precision: number
  recall: number
  /** Held-out sentences with this intent. */
  support: number
}

/** One row an intent, the worst fall first; intents the new model lost count as 0. */
export function scoreRows(before: Scores | null, after: Scores): ScoreRow[] {
  const names = new Set([...Object.keys(after.intents), ...Object.keys(before?.intents ?? {})])
  const rows = [...names].map((intent) => {
    const old = before?.intents[intent]
    const now = after.intents[intent] ?? { precision: 0, recall: 0, f1: 0, support: old?.support ?? 0 }
    const { f1, precision, recall, support } = now
    return { intent, before: old?.f1 ?? null, after: f1, change: round(f1 - (old?.f1 ?? f1)), precision, recall, support }
  })
  return rows.sort((a, b) => a.change - b.change || a.after - b.after || a.intent.localeCompare(b.intent))
}

export interface MisreadChange {
  /** Misread before, read right now. */
  fixed: Misread[]
  /** Read right before, misread now. */
  broken: Misread[]
  /** Misread both times, as the new model reads them. */
  still: Misread[]
}

export function compareMisread(before: Scores | null, after: Scores): MisreadChange {
  const key = (one: Misread): string => `${one.expected} ${one.text}`
  const old = new Set((before?.misread ?? []).map(key))
  const now = new Set(after.misread.map(key))
  return {
    fixed: (before?.misread ?? []).filter((one) => !now.has(key(one))),
    broken: before ? after.misread.filter((one) => !old.has(key(one))) : [],
    still: before ? after.misread.filter((one) => old.has(key(one))) : after.misread,
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** What an estimate says of the held-out sentences as a whole. */
export function estimateNote({ judged, fixed, broken }: Pick<Estimate, 'judged' | 'fixed' | 'broken'>): string {
  if (!fixed.length && !broken.length) return `${judged} 句测试句的读法都不变`
  const parts = [fixed.length ? `多读对 ${fixed.length} 句` : '', broken.length ? `多读错 ${broken.length} 句` : '']
  return `${judged} 句测试句里${parts.filter(Boolean).join('，')}`
}

/** .914 → 0.914; three digits, because one flipped sentence moves the third. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : value.toFixed(3)
}

/** +0.012 · −0.034 · 不变 */
export function signed(change: number): string {
  if (Math.abs(change) < 0.0005) return '不变'
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(3)}`
}
