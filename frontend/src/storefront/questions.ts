/** What people ask on this page or about an order in this state; offered with one tap before the first message. */

import type { Order, Product } from './shop'

const GETTING_READY = ['什么时候发货？', '改一下收货地址', '想换个颜色或尺码', '不想要了，取消订单']
const RECEIVED = ['收到的东西有问题', '怎么退换货？', '退货运费谁出？', '怎么洗、怎么保养？']

const BY_STATE: Record<string, string[]> = {
  unpaid: ['现在付款什么时候发货？', '还能再优惠点吗？', '想换个颜色或尺码', '怎么付款？'],
  paid: GETTING_READY,
  packed: GETTING_READY,
  shipped: ['我的包裹到哪了？', '大概什么时候能到？', '改一下收货地址', '不想要了，能拦截吗？'],
  delivered: RECEIVED,
  completed: RECEIVED,
  refunding: ['退款到哪一步了？', '退款什么时候到账？', '退到哪里？'],
  returned: ['退款什么时候到账？', '退到哪里？'],
}

const BY_KIND: Record<Product['kind'], string[]> = {
  clothing: ['我该穿多大码？', '今天下单什么时候发货？', '现在有什么优惠？', '会起球、掉色吗？'],
  child_clothing: ['孩子穿多大码？', '面料安全吗？', '今天下单什么时候发货？', '现在有什么优惠？'],
  shoes: ['我该穿多大码？', '磨脚吗？', '今天下单什么时候发货？', '现在有什么优惠？'],
  home: ['尺寸多大？', '今天下单什么时候发货？', '现在有什么优惠？', '需要自己安装吗？'],
  general: ['这款有什么特点？', '今天下单什么时候发货？', '现在有什么优惠？', '有现货吗？'],
}

/** In the form of the widget's attribute; undefined where the greeting's own buttons serve. */
export function questionsFor(order: Order | null, item: Product | undefined): string | undefined {
  if (order) return BY_STATE[order.state]?.join('|')
  return item && BY_KIND[item.kind].join('|')
}
