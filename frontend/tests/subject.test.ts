import { readLooks } from '@/widget/looks'
import { rememberViewed, viewed } from '@/widget/recent'
import { about, subjectKey } from '@/widget/subject'
import { beforeEach, describe, expect, it } from 'vitest'

const page = (attributes: Record<string, string>) => {
  const element = document.createElement('div')
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return readLooks(element, 'https://kefu.example')
}
const COAT = { 'product-id': 'coat', 'product-name': '羽绒服', 'product-price': '389', page: 'product', questions: '会起球吗？' }
const ORDER = { id: 'YD1', state: 'shipped', state_text: '运输中', amount: '389', placed_at: '2026-11-20 10:00', lines: [{ name: '羽绒服', variant: '红 M', quantity: 1, image: '/a.svg' }] }
const SHOE = { id: 'shoe', name: '老爹鞋', image: null, price: '¥199' }

describe('what the chat is about', () => {
  it('is what the page shows until she chooses', () => expect(about(page(COAT), null).context).toEqual({ product_id: 'coat', page: 'product' }))

  it('is the order she points at, with what is asked about an order on its way', () => {
    const looks = about(page(COAT), { order: ORDER })
    expect(looks.context).toEqual({ order_id: 'YD1', page: 'product' })
    expect(looks.product).toBeNull()
    expect(looks.order).toMatchObject({ name: '羽绒服', note: '运输中' })
    expect(looks.questions[0]).toBe('我的包裹到哪了？')
  })

  it("is another product, without this page's questions", () => {
    const looks = about(page(COAT), { product: SHOE })
    expect(looks.context.product_id).toBe('shoe')
    expect(looks.questions).not.toContain('会起球吗？')
  })

  it('tells one subject from another', () => {
    expect(subjectKey(about(page(COAT), { product: SHOE }))).not.toBe(subjectKey(page(COAT)))
    expect(subjectKey(page(COAT))).toBe(subjectKey(page({ ...COAT, 'product-price': '379' })))
  })

  it('asks what people ask on a page of orders', () => expect(page({ page: 'orders' }).questions).toContain('我的包裹到哪了？'))
})

describe('products she has looked at', () => {
  beforeEach(() => localStorage.clear())

  it('are kept newest first, each once, and not for ever', () => {
    for (let n = 0; n < 12; n++) rememberViewed('', { ...SHOE, id: `p${n}` })
    rememberViewed('', { ...SHOE, id: 'p9' })
    expect(viewed('').map((item) => item.id)).toEqual(['p9', 'p11', 'p10', 'p8', 'p7', 'p6', 'p5', 'p4'])
  })

  it('survive a storage that holds something else', () => {
    localStorage.setItem('xiaoer-chat:recent:', '{"a":1}')
    expect(viewed('')).toEqual([])
  })
})
