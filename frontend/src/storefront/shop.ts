/** The demo shop as the gateway tells it; shapes in docs/architecture.md. Loaded once. */

import { messageOf, request } from '@/common/api'
import { computed, reactive } from 'vue'

export interface Variant {
  sku: string
  color: string
  size: string
  stock: number
  restock_on: string | null
}

export interface Table {
  columns: string[]
  rows: string[][]
}

export interface Product {
  id: string
  name: string
  category: string
  audience: 'women' | 'men' | 'child' | 'unisex' | 'home'
  kind: 'clothing' | 'child_clothing' | 'shoes' | 'home' | 'general'
  /** Yuan, as the shop writes it. */
  price: string
  featured: boolean
  tags: string[]
  image: string | null
  attributes: Record<string, string>
  care: string[]
  talking_points: string[]
  not_for: string[]
  presale_ships_on: string | null
  variants: Variant[]
  size_chart: Table | null
  complements: string[]
  substitutes: string[]
}

export interface Shop {
  name: string
  bot_name: string
  story: string
  cutoff: string
  free_shipping_from: string
  return_days: string
  agent_hours: string
  categories: string[]
  products: Product[]
}

export interface OrderLine {
  product_id: string
  name: string
  variant: string
  quantity: number
  price: string
  image: string | null
}

export interface Order {
  id: string
  state: string
  state_text: string
  lines: OrderLine[]
  amount: string
  courier: string
  tracking_no: string
  /** Newest first; times as the shop writes them. */
  trace: { time: string; text: string }[]
  placed_at: string
  region: string
}

export interface DemoCustomer {
  /** Signed by the shop; handed to the chat unread. */
  customer: { id: string; name: string; level?: string; signature: string }
  level_title: string
  orders: Order[]
}

const REMEMBERED = 'xiaoer-demo-customer'

export const state = reactive({
  shop: null as Shop | null,
  customers: [] as DemoCustomer[],
  customerId: localStorage.getItem(REMEMBERED) ?? '',
  error: null as string | null,
  /** What the chat is about, beyond the page: the order she asked about. */
  askedOrder: null as Order | null,
})

export const customer = computed(() => state.customers.find((known) => known.customer.id === state.customerId) ?? null)

export async function load(): Promise<void> {
  state.error = null
  try {
    const [shop, customers] = await Promise.all([request<Shop>('/api/demo/shop'), request<DemoCustomer[]>('/api/demo/customers')])
    state.shop = shop
    state.customers = customers
    // Whoever looks at the demo for the first time has orders to ask about; 游客 is one choice away.
    if (localStorage.getItem(REMEMBERED) === null) state.customerId = customers[0]?.customer.id ?? ''
    document.title = shop.name
  } catch (error) {
    state.error = messageOf(error)
  }
}

/** Empty for a guest. */
export function browseAs(id: string): void {
  state.customerId = id
  state.askedOrder = null
  localStorage.setItem(REMEMBERED, id)
}

export function product(id: string): Product | undefined {
  return state.shop?.products.find((candidate) => candidate.id === id)
}

/** The shelves of the home page, in the order they stand there. */
export const SHELVES = [
  { id: 'women', title: '女装', line: '穿着舒服，也撑得住场面', has: (item: Product) => item.kind === 'clothing' },
  { id: 'child', title: '童装', line: '先看安全，再看好洗', has: (item: Product) => item.kind === 'child_clothing' },
  { id: 'shoes', title: '鞋', line: '走一天，脚不累', has: (item: Product) => item.kind === 'shoes' },
  { id: 'home', title: '家居', line: '小件好收，大件好装', has: (item: Product) => item.kind === 'home' },
  { id: 'general', title: '好物', line: '店里还有这些', has: (item: Product) => item.kind === 'general' },
] as const

export function isSoldOut(item: Product): boolean {
  return item.variants.every((variant) => variant.stock === 0)
}
