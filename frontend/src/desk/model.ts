/** What the desk is told by the gateway (bot/desk/shapes.py, bot/web/desk.py), and the page's own additions. */

import type { Entity } from '@/common/entities'
import type { Message, Owner } from '@/common/messages'

export interface Customer {
  id: string
  name: string
  level: string
  /** The shop signed the id; only then are there orders. */
  is_verified: boolean
}

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

export type Presence = 'online' | 'rest' | 'away'

export type ListedJson = ListedShape
/** A line of the search, with the words that fitted; empty where it was the name, a tag or the order. */
export type FoundJson = ListedShape & { quote: string }

/** What was passed on to the departments in one week, Monday to Sunday. */
export interface FeedbackWeek {
  from: string
  to: string
  departments: { id: Department; title: string; feedback: { id: string; conversation_id: string; quote: string; author: string; created_at: string }[] }[]
}

/** One line of the lists. `waitingFrom` is this computer's clock, so that a wrong clock shows no wrong wait. */
export interface Row extends ListedShape {
  waitingFrom: number | null
  /** Until when it rings for one agent alone, by the same clock. */
  offerUntil: number | null
}

export interface OrderLine {
  name: string
  variant: string
  quantity: number
  product_id: string
  sku: string
  image: string | null
  price: string
}

export interface Order {
  id: string
  state: string
  state_text: string
  lines: OrderLine[]
  amount: string
  courier: string | null
  tracking_no: string | null
  trace: { time: string; text: string }[]
  placed_at: string
  region: string
  recipient?: string
  phone?: string
  address?: string
  /** Yuan given on this order while the goods were kept. */
  compensated?: string
  may?: { address: boolean; variant: boolean; price: boolean }
  /** What was done with it out of conversations, the newest first. */
  actions?: { kind: string; text: string; cost: string; who: string; at: string }[]
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

/** A coupon this agent may give the customer. */
export interface Coupon {
  id: string
  amount: string
  min_spend: string
}

export interface Variant {
  sku: string
  color: string
  size: string
  stock: number
  restock_on: string | null
}

export interface Product {
  id: string
  name: string
  category: string
  price: string
  image: string | null
  tags: string[]
  attributes: Record<string, string>
  talking_points: string[]
  not_for: string[]
  variants: Variant[]
  size_chart: { columns: string[]; rows: string[][] } | null
}

export interface Handoff {
  reason: string
  reason_title: string
  priority: number
  summary: string[]
  slots: Record<string, unknown>
  created_at: string | null
}

export interface Suggestion {
  faq_id: string
  script_id: string
  question: string
  text: string
  score: number
}

/** A line of the "/" palette (GET /api/desk/phrases); the text keeps its variables and blanks. */
export interface Phrase {
  id: string
  group: string
  title: string
  text: string
  initials: string
  pinyin: string
  is_campaign: boolean
  valid_to: string | null
  /** The shop's own picture that goes out with it. */
  image?: string | null
}

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

export interface Note {
  id: string
  author: string
  text: string
  created_at: string
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

export interface Colleague {
  username: string
  name: string
  role: 'agent' | 'trainer' | 'supervisor'
  is_online: boolean
  presence: Presence
  /** Customers she has, and how many she may have. */
  load: number
  capacity: number
}

export type Department = 'operations' | 'finance' | 'product' | 'logistics'

/** What ids are called (GET /api/desk/words). */
export interface Words {
  shop: string
  intents: Record<string, string>
  reasons: Record<string, string>
  levels: Record<string, string>
  /** Why a suggestion would not do. */
  rejections: Record<string, string>
  low_stock: number
  first_reply: { golden_seconds: number; keep_seconds: number }
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
  image?: string | null
  state: 'sending' | 'failed'
  created_at: string
  error: string
}

export function customerName(customer: Customer): string {
  return customer.name || '访客'
}
