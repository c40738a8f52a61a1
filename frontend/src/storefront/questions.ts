/** What people ask on this page or about an order in this state; offered with one tap before the first message. */

import { orderQuestions } from '@/widget/questions'
import type { Order, Product } from './shop'

const BY_KIND: Record<Product['kind'], string[]> = {
  clothing: ['我该穿多大码？', '今天下单什么时候发货？', '现在有什么优惠？', '会起球、掉色吗？'],
  child_clothing: ['孩子穿多大码？', '面料安全吗？', '今天下单什么时候发货？', '现在有什么优惠？'],
  shoes: ['我该穿多大码？', '磨脚吗？', '今天下单什么时候发货？', '现在有什么优惠？'],
  home: ['尺寸多大？', '今天下单什么时候发货？', '现在有什么优惠？', '需要自己安装吗？'],
  general: ['这款有什么特点？', '今天下单什么时候发货？', '现在有什么优惠？', '有现货吗？'],
}

/** In the form of the widget's attribute; undefined where the greeting's own buttons serve. */
export function questionsFor(order: Order | null, item: Product | undefined): string | undefined {
  if (order) return orderQuestions(order.state).join('|')
  return item && BY_KIND[item.kind].join('|')
}
