/** What the shop's page says about itself, read from the element's attributes. */

import { yuan } from '@/common/time'
import type { Context } from './gateway'
import { PRODUCT, orderQuestions, pageQuestions } from './questions'

export interface Looks {
  shop: string
  bot: string
  label: string
  color: string | null
  theme: 'light' | 'dark' | 'auto'
  base: string
  product: { name: string; image: string | null; price: string | null } | null
  order: { name: string; note: string | null; image: string | null } | null
  /** Asked with one tap before the first message; none means the greeting's own buttons. */
  questions: string[]
  /** In the empty text field, and under the greeting while the gateway has not answered; null for our own words. */
  placeholder: string | null
  welcome: string | null
  isLeft: boolean
  /** Until she says otherwise. */
  isLarge: boolean
  isMuted: boolean
  context: Context
  customer: unknown
  customerId: string
}

export const ATTRIBUTES = [
  'shop', 'bot', 'label', 'color', 'theme', 'server', 'customer', 'page', 'questions',
  'product-id', 'product-name', 'product-image', 'product-price', 'order-id', 'order-note',
  'placeholder', 'welcome', 'side', 'text-size', 'sound',
] as const

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
    order: orderId ? { name: orderId, note: read('order-note'), image: read('product-image') } : null,
    questions: read('questions')?.split('|').map((line) => line.trim()).filter(Boolean) ?? (orderId ? orderQuestions() : productId ? PRODUCT : pageQuestions(read('page'))),
    placeholder: read('placeholder'),
    welcome: read('welcome'),
    isLeft: read('side') === 'left',
    isLarge: read('text-size') === 'large',
    isMuted: read('sound') === 'off',
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
