/** Which days the page tells of. Days are the shop's, whatever clock the manager's computer has. */

import { dayName, fullName } from '@/common/calendar'
import type { Period } from './model'

export const PRESETS = [
  { id: 'today', title: '今天' },
  { id: 'yesterday', title: '昨天' },
  { id: '7', title: '近 7 天' },
  { id: '30', title: '近 30 天' },
  { id: 'month', title: '本月' },
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
  const to = shopDay(now, id === 'yesterday' ? 1 : 0)
  if (id === 'month') return { from: `${to.slice(0, 8)}01`, to }
  return { from: id === '7' || id === '30' ? shopDay(now, Number(id) - 1) : to, to }
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

/** 11月16日 周一 至 11月22日 周日; with the year where it is not this one. */
export function periodName({ from, to }: Period, today: string): string {
  const isThisYear = [from, to].every((day) => day.slice(0, 4) === today.slice(0, 4))
  const name = (day: string): string => (isThisYear ? dayName(day) : fullName(day))
  return from === to ? name(to) : `${name(from)} 至 ${name(to)}`
}

/** 11/16 */
export function dayMark(day: string): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
}
