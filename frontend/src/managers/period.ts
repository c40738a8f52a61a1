/** Which days the page tells of. Days are the shop's, whatever clock the manager's computer has. */

import type { Period } from './model'

export const PRESETS = [
  { id: 'today', title: '今天', days: 1, ago: 0 },
  { id: 'yesterday', title: '昨天', days: 1, ago: 1 },
  { id: '7', title: '近 7 天', days: 7, ago: 0 },
  { id: '30', title: '近 30 天', days: 30, ago: 0 },
] as const
export type PresetId = (typeof PRESETS)[number]['id']

const DAY = 86_400_000
const SHOP_AHEAD = 8 * 3_600_000
const MOST_DAYS = 366
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** 2026-11-22: the shop's day so many days ago. */
export function shopDay(now: number, ago = 0): string {
  return new Date(now + SHOP_AHEAD - ago * DAY).toISOString().slice(0, 10)
}

export function presetPeriod(id: PresetId, now: number): Period {
  const { days, ago } = PRESETS.find((each) => each.id === id) ?? PRESETS[2]
  return { from: shopDay(now, ago + days - 1), to: shopDay(now, ago) }
}

/** How many days, both ends included. */
export const daysOf = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1

/** Null when it is one; else what is wrong with it. */
export function wrongWith({ from, to }: Period): string | null {
  if (!DATE.test(from) || !DATE.test(to)) return '请选好开始和结束的日子'
  if (from > to) return '开始的日子在结束之后了'
  return daysOf({ from, to }) > MOST_DAYS ? '一次最多看一年' : null
}

/** `#7`, `#today`, `#2026-11-01..2026-11-07`; anything else is the last seven days. */
export function fromAddress(hash: string, now: number): { preset: PresetId | null; period: Period } {
  const text = hash.replace(/^#/, '')
  const preset = PRESETS.find(({ id }) => id === text)
  if (preset) return { preset: preset.id, period: presetPeriod(preset.id, now) }
  const [from = '', to = ''] = text.split('..')
  if (wrongWith({ from, to }) === null) return { preset: null, period: { from, to } }
  return { preset: '7', period: presetPeriod('7', now) }
}

export const toAddress = (preset: PresetId | null, { from, to }: Period): string => (preset ? `#${preset}` : `#${from}..${to}`)

const WEEKDAYS = '日一二三四五六'

/** 11月16日 周一 */
export function dayName(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 周${WEEKDAYS[date.getUTCDay()]}`
}

/** 11/16 */
export function dayMark(day: string): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
}
