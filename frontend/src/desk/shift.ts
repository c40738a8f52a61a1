/** 交班单: what the next shift has to know, as text to paste into the team's group. Pure. */

import { dayAndClock } from '@/common/time'
import { customerName, type OpenPledge, type Row } from './model'
import { linePreview } from './phrases'

export interface Shift {
  name: string
  mine: readonly Row[]
  queued: number
  promises: readonly OpenPledge[]
  username: string
  now: number
}

/** My open chats, those who wait first, and the promises that are mine, the soonest due first. */
export function shiftSheet({ name, mine, queued, promises, username, now }: Shift): string {
  const own = promises.filter((promise) => promise.owner === username || mine.some((row) => row.id === promise.conversation_id))
  const lines = [`【交班】${name} ${dayAndClock(now, now)}，待接入 ${queued} 位`, '', `没结束的会话 ${mine.length}：`]
  for (const row of mine) {
    const waiting = row.waitingFrom === null ? '' : `（等了 ${Math.max(1, Math.round((now - row.waitingFrom) / 60_000))} 分钟）`
    const tags = row.tags.length ? ` [${row.tags.join('、')}]` : ''
    lines.push(`· ${customerName(row.customer)}${waiting}${tags} ${linePreview(row.last_message)}`.trimEnd())
  }
  lines.push('', `没兑现的承诺 ${own.length}：`)
  for (const promise of own) {
    const due = promise.due ? `${dayAndClock(promise.due, now)} 前` : '没定时间'
    lines.push(`· ${customerName(promise.customer)}：${promise.text}（${due}）`)
  }
  return lines.join('\n')
}
