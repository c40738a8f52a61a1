/** Phrases with `{variables}` the shop fills and 【blanks】 the agent fills. */

const TITLES: Record<string, string> = {
  customer: '称呼', agent: '姓名', product: '商品', color: '颜色', size: '尺码', stock: '库存', ships_on: '哪天',
  order: '订单号', tracking: '快递单号', order_courier: '快递公司', cutoff: '截单时间',
}
const BLANK = /【[^】]*】/g

/** The text for this conversation; what is not known becomes a blank to fill. */
export function filled(text: string, live: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => live[name] ?? `【${TITLES[name] ?? name}】`)
}

export interface Span {
  start: number
  end: number
}

/** The first blank at or after `from`, else the first of all; null where all are filled. */
export function nextBlank(text: string, from: number): Span | null {
  const spans = [...text.matchAll(BLANK)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  return spans.find((span) => span.start >= from) ?? spans[0] ?? null
}

export function blanksIn(text: string): string[] {
  return text.match(BLANK) ?? []
}
