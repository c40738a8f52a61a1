/** What was bought, and what there is to buy. */

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

/** A coupon this agent may give the customer. */
export interface Coupon {
  id: string
  amount: string
  min_spend: string
}
