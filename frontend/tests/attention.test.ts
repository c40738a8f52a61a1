import { Attention } from '@/widget/attention'
import { beforeEach, describe, expect, it } from 'vitest'

beforeEach(() => (document.title = '云朵小铺'))

describe('the title of a page with unread messages', () => {
  it('carries their number and comes back as it was', () => {
    const attention = new Attention()
    attention.show(2)
    expect(document.title).toBe('（2 条新消息）云朵小铺')
    attention.show(3)
    expect(document.title).toBe('（3 条新消息）云朵小铺')
    attention.show(0)
    expect(document.title).toBe('云朵小铺')
  })

  it("never puts an old title over the page's new one", () => {
    const attention = new Attention()
    attention.show(1)
    document.title = '轻暖短款羽绒服'
    attention.show(0)
    expect(document.title).toBe('轻暖短款羽绒服')
    attention.show(1)
    expect(document.title).toBe('（1 条新消息）轻暖短款羽绒服')
  })
})
