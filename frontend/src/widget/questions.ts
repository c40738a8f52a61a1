/** What people ask about an order in this state, a product, or on a page of this kind; offered with one tap. */

const GETTING_READY = ['什么时候发货？', '改一下收货地址', '想换个颜色或尺码', '不想要了，取消订单']
const RECEIVED = ['收到的东西有问题', '怎么退换货？', '退货运费谁出？', '怎么洗、怎么保养？']

const ORDER = ['我的包裹到哪了？', '想改一下收货地址', '收到的东西有问题', '怎么退换货？']

const BY_STATE: Record<string, string[] | undefined> = {
  unpaid: ['现在付款什么时候发货？', '还能再优惠点吗？', '想换个颜色或尺码', '怎么付款？'],
  paid: GETTING_READY,
  packed: GETTING_READY,
  shipped: ['我的包裹到哪了？', '大概什么时候能到？', '改一下收货地址', '不想要了，能拦截吗？'],
  delivered: RECEIVED,
  completed: RECEIVED,
  refunding: ['退款到哪一步了？', '退款什么时候到账？', '退到哪里？'],
  returned: ['退款什么时候到账？', '退到哪里？'],
}

export const PRODUCT = ['我该穿多大码？', '今天下单什么时候发货？', '现在有什么优惠？', '支持七天无理由退货吗？']

const BY_PAGE: Record<string, string[] | undefined> = {
  orders: ORDER,
  cart: ['这几件一起买有优惠吗？', '运费怎么算？', '今天下单什么时候发货？', '支持七天无理由退货吗？'],
}

/** `state` as orders carry it; unknown states get what is asked about any order. */
export function orderQuestions(state?: string | null): string[] {
  return BY_STATE[state ?? ''] ?? ORDER
}

/** None where the greeting's own buttons serve best. */
export function pageQuestions(page: string | null): string[] {
  return BY_PAGE[page ?? ''] ?? []
}
