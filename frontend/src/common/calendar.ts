/** Months as a Chinese calendar shows them, Monday first. Days are `2026-11-22`, so that no time zone can move them. */

const DAY = 86_400_000
const at = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

export const WEEK = [...'一二三四五六日']

/** 11月16日 周一 */
export function dayName(day: string): string {
  const date = at(day)
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 周${WEEK[(date.getUTCDay() + 6) % 7]}`
}

/** 2026年11月16日 周一 */
export const fullName = (day: string): string => `${day.slice(0, 4)}年${dayName(day)}`

export const shiftDay = (day: string, days: number): string => dayOf(new Date(at(day).getTime() + days * DAY))

/** The same day of another month, or that month's last. */
export function shiftMonth(day: string, months: number): string {
  const date = at(day)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date.getUTCDate(), last))
  return dayOf(first)
}

/** 2026年11月 */
export const monthName = (day: string): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`

/** The weeks of the month that holds `day`; empty places before its first and after its last. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`
  const before = (at(first).getUTCDay() + 6) % 7
  const count = (Date.parse(shiftMonth(first, 1)) - Date.parse(first)) / DAY
  const places = Array.from({ length: Math.ceil((before + count) / 7) * 7 }, (_, place) => {
    const number = place - before
    return number < 0 || number >= count ? '' : shiftDay(first, number)
  })
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7))
}

/** How far an arrow or page key goes from `day`; null where the key means something else. */
export function keyed(key: string, day: string): string | null {
  const days: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
  if (key in days) return shiftDay(day, days[key])
  if (key === 'PageUp') return shiftMonth(day, -1)
  if (key === 'PageDown') return shiftMonth(day, 1)
  return null
}

/** Two days, in whatever order they were chosen. */
export const between = (one: string, other: string): { from: string; to: string } => (one < other ? { from: one, to: other } : { from: other, to: one })
