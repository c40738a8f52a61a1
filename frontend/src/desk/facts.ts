/** What the gentle check needs to know of the open conversation. Pure. */

import type { Facts } from './check'
import type { Detail, Product } from './model'

export function factsFor(detail: Detail, me: string, lowStock: number, reply: string): Facts {
  const live = detail.live ?? {}
  const answered = detail.transcript.findLastIndex((message) => message.sender === 'agent' || message.sender === 'bot')
  const since = detail.transcript.slice(answered + 1)
  return {
    asked: since.filter((message) => message.sender === 'customer' && !message.payload).map((message) => message.text),
    said: detail.transcript.filter((message) => message.sender === 'agent' && message.author === me).map((message) => message.text),
    stock: stockMeant(detail.product, reply, live.stock),
    lowStock,
    shipsOn: live.ships_on ?? '',
    cutoff: live.cutoff ?? '',
  }
}

/** Pieces of the size and colour the reply names; else of what the chat is about. */
export function stockMeant(product: Product | null, reply: string, live: string | undefined): number | null {
  if (!product) return null
  const named = (values: string[]): string[] => values.filter((value) => value && mentions(reply, value))
  const sizes = named([...new Set(product.variants.map((variant) => variant.size))])
  const colors = named([...new Set(product.variants.map((variant) => variant.color))])
  if (!sizes.length && live !== undefined) return Number(live)
  if (!sizes.length && !colors.length) return null
  const meant = product.variants.filter((v) => (!sizes.length || sizes.includes(v.size)) && (!colors.length || colors.includes(v.color)))
  return meant.reduce((sum, variant) => sum + variant.stock, 0)
}

/** "L" is not in "XL", and "36" not in "360". */
function mentions(reply: string, value: string): boolean {
  if (!/^[\w.]+$/.test(value)) return reply.includes(value)
  return new RegExp(`(?<![\\w.])${value.replace('.', '\\.')}(?![\\w.])`, 'i').test(reply)
}
