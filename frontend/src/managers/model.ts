/** What the managers' page is told by the gateway (bot/web/managers.py, bot/desk/overview). */

import { request } from '@/common/api'

/** Counts of visits: one customer's chat on one day. */
export interface Service {
  visits: number
  answered: number
  within_6: number
  within_10: number
  by_bot: number
  handed_over: number
  /** Mean seconds to the first reply. */
  seconds: number | null
}

export interface Spread {
  count: number
  mean: number | null
  median: number | null
  p90: number | null
}

export interface Headline {
  service: Service
  waiting: { taken: Spread; left: number; still: number }
  handling: Spread
  ratings: { count: number; mean: number | null; scores: number[] }
  conversion: { visits: number; ordered: number; orders: number; yuan: number }
  kept: { due: number; kept: number; late: number }
  understood: { read: number; unclear: number }
}

export interface Asked {
  id: string
  title: string
  count: number
  unclear: number
}

export interface Report {
  from: string
  to: string
  now: Headline
  before: Headline
  days: (Service & { day: string })[]
  hours: (Service & { hour: number })[]
  reasons: { reason: string; title: string; count: number }[]
  agents: { name: string; chats: number; handling: number | null; ratings: number; rating: number | null }[]
  remedies: { who: string; is_bot: boolean; title: string; count: number; yuan: number }[]
  intents: Asked[]
  scripts: Asked[]
  /** Messages that trainers read otherwise than the bot had. */
  corrected: number
  /** False where orders are kept in the shop's own system. */
  are_orders_here: boolean
}

export interface Period {
  from: string
  to: string
}

export type Table = 'days' | 'hours' | 'reasons' | 'agents' | 'remedies' | 'questions' | 'scripts'

export const readReport = ({ from, to }: Period): Promise<Report> =>
  request<Report>('/api/managers/report', { query: { from, to }, timeout: 60_000 })

export const sheetAddress = (table: Table, { from, to }: Period): string => `/api/managers/${table}.csv?from=${from}&to=${to}`
