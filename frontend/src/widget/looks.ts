/** What the shop's page says about itself, read from the element's attributes. */

import { yuan } from '@/common/time'
import type { Context } from './gateway'

export interface Looks {
  shop: string
  bot: string
  label: string
  color: string | null
  theme: 'light' | 'dark' | 'auto'
  base: string
  product: { name: string; image: string | null; price: string | null } | null
  order: { name: string; note: string | null } | null
  /** Asked with one tap before the first message; none means the greeting's own buttons. */
  questions: string[]
  context: Context
  customer: unknown
  customerId: string
}

export const ATTRIBUTES = [
  'shop', 'bot', 'label', 'color', 'theme', 'server', 'customer', 'page', 'questions',
  'product-id', 'product-name', 'product-image', 'product-price', 'order-id', 'order-note',
] as const

const QUESTIONS = {
  product: ['我该穿多大码？', '今天下单什么时候发货？', '现在有什么优惠？', '支持七天无理由退货吗？'],
  order: ['我的包裹到哪了？', '想改一下收货地址', '收到的东西有问题', '怎么退换货？'],
}

export function readLooks(element: Element, scriptOrigin: string): Looks {
  const read = (name: (typeof ATTRIBUTES)[number]): string | null => element.getAttribute(name)?.trim() || null
  const [productId, orderId] = [read('product-id'), read('order-id')]
  const customer = parse(read('customer'))
  const theme = read('theme')
  return {
    shop: read('shop') ?? '联系客服',
    bot: read('bot') ?? '小二',
    label: read('label') ?? '联系客服',
    color: read('color'),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    base: (read('server') ?? scriptOrigin).replace(/\/+$/, ''),
    product: productId ? { name: read('product-name') ?? productId, image: read('product-image'), price: priced(read('product-price')) } : null,
    order: orderId ? { name: orderId, note: read('order-note') } : null,
    questions: read('questions')?.split('|').map((line) => line.trim()).filter(Boolean) ?? (orderId ? QUESTIONS.order : productId ? QUESTIONS.product : []),
    context: clean({ product_id: productId, order_id: orderId, page: read('page') }),
    customer,
    customerId: typeof customer?.id === 'string' ? customer.id : '',
  }
}

function priced(text: string | null): string | null {
  return text && yuan(text)
}

function parse(text: string | null): Record<string, unknown> | null {
  if (!text) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    console.warn('<xiaoer-chat>: the attribute "customer" is no JSON; the visitor is treated as a guest')
    return null
  }
}

function clean(context: Record<keyof Context, string | null>): Context {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== null))
}
