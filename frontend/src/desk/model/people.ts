/** Customers and colleagues. */

export interface Customer {
  id: string
  name: string
  level: string
  /** The shop signed the id; only then are there orders. */
  is_verified: boolean
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

export type Presence = 'online' | 'rest' | 'away'

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

export type Department = 'operations' | 'finance' | 'product' | 'logistics'

export function customerName(customer: Customer): string {
  return customer.name || '访客'
}
