/** The remedy board, and what goes to a supervisor. */

import type { Customer } from './people'

export type Issue = 'defect' | 'wrong' | 'missing' | 'mismatch'

export type Severity = 'minor' | 'moderate' | 'severe'

/** What is wrong with which piece; without a sku the whole order is meant. `money`: the agent's own refund, yuan. */
export interface Trouble {
  order_id: string
  sku?: string
  issue: Issue
  severity: Severity
  money?: number
}

/** One step of the ladder; `cost` is the yuan the shop loses, for the agent's eyes only. */
export interface Remedy {
  kind: string
  title: string
  amount: string
  detail: string
  deadline: string
  cost: string
  is_usual: boolean
  obstacle: string | null
  obstacle_title: string
}

export interface Board {
  paid: string
  given: string
  limit: string
  rows: Remedy[]
}

/** What an agent asked a supervisor for; who decides gets the chat's brief with it. */
export interface Approval {
  id: string
  conversation_id: string
  kind: 'remedy' | 'price'
  what: Record<string, string | null>
  title: string
  cost: string
  reason: string
  asked_by: string
  asked_by_name: string
  asked_at: string
  state: 'asked' | 'approved' | 'declined' | 'withdrawn' | 'used'
  decided_by_name: string
  decided_at: string | null
  word: string
  customer?: Customer
  summary?: string[]
  last_question?: string
}
