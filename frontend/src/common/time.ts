/** Times and amounts as people say them. All functions take `now` so that they can be tested. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Moment = Date | string | number

const two = (value: number): string => String(value).padStart(2, '0')

export function clock(moment: Moment): string {
  const date = new Date(moment)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Whole calendar days from `moment` to `now` (0 = the same day). */
export function daysBetween(moment: Moment, now: Moment): number {
  const day = (value: Moment): number => new Date(value).setHours(12, 0, 0, 0)
  return Math.round((day(now) - day(moment)) / DAY)
}

/** 刚刚 · 3 分钟前 · 14:02 · 昨天 18:20 · 3月5日 18:20 · 2025年3月5日 */
export function ago(moment: Moment, now: Moment = Date.now()): string {
  const passed = new Date(now).getTime() - new Date(moment).getTime()
  if (passed < MINUTE) return '刚刚'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} 分钟前`
  return dayAndClock(moment, now)
}

/** 14:02 · 昨天 18:20 · 3月5日 18:20 · 2025年3月5日 */
export function dayAndClock(moment: Moment, now: Moment = Date.now()): string {
  const date = new Date(moment)
  const days = daysBetween(moment, now)
  if (days === 0) return clock(date)
  if (days === 1) return `昨天 ${clock(date)}`
  if (days === -1) return `明天 ${clock(date)}`
  if (date.getFullYear() === new Date(now).getFullYear()) return `${monthDay(date)} ${clock(date)}`
  return `${date.getFullYear()}年${monthDay(date)}`
}

export function monthDay(moment: Moment): string {
  const date = new Date(moment)
  return `${date.getMonth() + 1}月${date.getDate()}日`
}

/** Waiting time on a clock face: 00:08, 12:30, 1:02:05. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`
}

/** 约 40 秒 · 约 3 分钟 · 约 1 小时 */
export function roughly(seconds: number): string {
  if (seconds < 60) return `约 ${Math.max(10, Math.ceil(seconds / 10) * 10)} 秒`
  if (seconds < 3600) return `约 ${Math.ceil(seconds / 60)} 分钟`
  return `约 ${Math.round(seconds / 3600)} 小时`
}

/** 389 → ¥389, 12.5 → ¥12.50 */
export function yuan(amount: number | string): string {
  const value = Number(amount)
  if (!Number.isFinite(value)) return String(amount)
  return `¥${Number.isInteger(value) ? value : value.toFixed(2)}`
}
