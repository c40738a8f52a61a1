/** The lists narrowed down by reason, urgency or tag. Pure. */

import type { Row } from './model'

export interface Filter {
  reason: string
  tag: string
  /** Only what is more urgent than an ordinary wish for a person. */
  isUrgent: boolean
}

export const NO_FILTER: Filter = { reason: '', tag: '', isUrgent: false }
/** The priority of a customer who asked for a person (bot/shop/talk/handoff.py). */
const ORDINARY = 50

export function isNarrow(filter: Filter): boolean {
  return Boolean(filter.reason || filter.tag || filter.isUrgent)
}

export function fits(row: Row, filter: Filter): boolean {
  if (filter.reason && row.reason !== filter.reason) return false
  if (filter.tag && !row.tags.includes(filter.tag)) return false
  return !filter.isUrgent || row.priority > ORDINARY
}

/** What can be chosen: only what some line carries, the most frequent first. */
export function choices(rows: readonly Row[]): { reasons: string[]; tags: string[] } {
  return {
    reasons: frequent(rows.flatMap((row) => (row.reason ? [row.reason] : []))),
    tags: frequent(rows.flatMap((row) => row.tags)),
  }
}

function frequent(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'zh')).map(([value]) => value)
}
