/** How long a customer has waited, and how bad that is. The limits are the shop's (policy.yml). */

export type WaitLevel = 'good' | 'warn' | 'bad'

export interface FirstReply {
  golden_seconds: number
  keep_seconds: number
}

export const USUAL: FirstReply = { golden_seconds: 6, keep_seconds: 10 }

/** Green up to the golden seconds, amber while a reply still keeps the customer, then red. */
export function waitLevel(seconds: number, limits: FirstReply = USUAL): WaitLevel {
  if (seconds <= limits.golden_seconds) return 'good'
  return seconds <= limits.keep_seconds ? 'warn' : 'bad'
}

/** When the wait began by this computer's clock. */
export function waitingFrom(waitedSeconds: number | null, now: number): number | null {
  return waitedSeconds === null ? null : now - waitedSeconds * 1000
}

export function secondsSince(from: number, now: number): number {
  return Math.max(0, Math.floor((now - from) / 1000))
}

/** Short enough for the ring: 8, 59, 1:05, 12分, 3时, 2天. */
export function ringText(seconds: number): string {
  if (seconds < 60) return String(seconds)
  if (seconds < 600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}分`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}时`
  return `${Math.floor(seconds / 86_400)}天`
}

/** For screen readers and titles: 已等 1 分 5 秒. */
export function waitSentence(seconds: number): string {
  if (seconds < 60) return `已等 ${seconds} 秒`
  if (seconds < 3600) return `已等 ${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`
  return `已等 ${Math.floor(seconds / 3600)} 小时 ${Math.floor(seconds / 60) % 60} 分`
}
