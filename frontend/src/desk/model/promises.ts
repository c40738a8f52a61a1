/** What was promised, follows up by itself, or was passed on. */

import type { Customer, Department } from './people'

export interface Pledge {
  id: string
  text: string
  due: string | null
  owner: string
  is_done: boolean
  created_at: string
}

/** A promise in the day's list, with whose it is. */
export interface OpenPledge extends Pledge {
  conversation_id: string
  customer: Customer
}

/** What the shop says on its own after a chat (docs/follow-ups.md). */
export interface FollowUp {
  id: string
  conversation_id: string
  customer: Customer
  occasion: 'asked' | 'unpaid' | 'coupon'
  occasion_title: string
  tag: string
  state: 'planned' | 'sent' | 'seen' | 'cancelled'
  state_title: string
  why: string
  why_title: string
  /** What was said; while it is planned, what it would say now, empty when that is no longer true. */
  text: string
  due: string
  settled_at: string | null
  seen_at: string | null
}

/** What was passed on to the departments in one week, Monday to Sunday. */
export interface FeedbackWeek {
  from: string
  to: string
  departments: { id: Department; title: string; feedback: { id: string; conversation_id: string; quote: string; author: string; created_at: string }[] }[]
}
