/** Conversations as the lists and the open room show them. */

import type { Entity } from '@/common/entities'
import type { Message, Owner } from '@/common/messages'
import type { Coupon, Order, Product } from './orders'
import type { Customer } from './people'
import type { Pledge } from './promises'
import type { Approval } from './remedies'
import type { Suggestion } from './replies'

/** How the bot read a customer's message; without an intent it was never read. */
export interface Reading {
  intent?: string
  confidence?: number
  entities?: Entity[]
  ranking?: { name: string; confidence: number }[]
}

export interface Source {
  faq_id?: string
  script_id?: string
  score?: number
  action?: string
}

export interface DeskMessage extends Message {
  payload?: string | null
  nlu?: Reading | null
  source?: Source | null
}

interface ListedShape {
  id: string
  customer: Customer
  owner: Owner
  version: number
  agent: string | null
  reason: string | null
  priority: number
  /** `upset` while the dialogue takes the customer for it; else empty. */
  mood?: string
  waiting_since: string | null
  waited_seconds: number | null
  tag: string
  tags: string[]
  last_message: Message | null
  updated_at: string
  /** For so many seconds more it rings for this agent alone; she knows the customer. */
  offer?: Offer | null
}

export interface Offer {
  agent: string
  name: string
  seconds: number
}

export type ListedJson = ListedShape

/** A line of the search, with the words that fitted; empty where it was the name, a tag or the order. */
export type FoundJson = ListedShape & { quote: string }

/** One line of the lists. `waitingFrom` is this computer's clock, so that a wrong clock shows no wrong wait. */
export interface Row extends ListedShape {
  waitingFrom: number | null
  /** Until when it rings for one agent alone, by the same clock. */
  offerUntil: number | null
}

export interface Detail {
  id: string
  owner: Owner
  version: number
  agent: string | null
  agent_name: string | null
  customer: Customer
  context: { product_id: string | null; order_id: string | null; page: string | null }
  handoff: Handoff | null
  waiting_since: string | null
  waited_seconds: number | null
  tag: string
  created_at: string
  updated_at: string
  closed_at: string | null
  product: Product | null
  order: Order | null
  orders: Order[]
  /** The customer has read down to here. */
  seen_by_customer?: number
  transcript: DeskMessage[]
  /** What the suggestions were looked for. */
  question: string
  suggestions: Suggestion[]
  /** What the variables of phrases are in this conversation; unknown ones are missing. */
  live: Record<string, string>
  promises: Pledge[]
  approvals?: Approval[]
  coupons?: Coupon[]
  notes: Note[]
  tags: string[]
  rating: { score: number; comment: string } | null
}

export interface Handoff {
  reason: string
  reason_title: string
  priority: number
  summary: string[]
  slots: Record<string, unknown>
  created_at: string | null
}

export interface Note {
  id: string
  author: string
  text: string
  created_at: string
}

export interface Owned {
  owner: Owner
  version: number
  agent: string | null
}

/** A reply on its way; it stays until the gateway has it. */
export interface Outgoing {
  client_id: string
  text: string
  /** Where the picture is shown from: the shop's own, or `file` while it is still in this page. */
  image?: string | null
  /** A picture from the agent's disk. */
  file?: Blob
  state: 'sending' | 'failed'
  created_at: string
  error: string
}
