import { caught } from '@/desk/caught'
import type { Detail } from '@/desk/model'
import { proposedTags } from '@/desk/proposed-tags'
import { describe, expect, it } from 'vitest'

const NOW = new Date(2026, 10, 22, 14, 0)
const at = (day: number, hour: number, minute = 0): Date => new Date(2026, 10, day, hour, minute)

describe('a promise in what was sent', () => {
  it.each<[string, string, Date]>([
    ['今天给您发', '今天给您发', at(22, 22)],
    ['好的，明天给您补发一件', '明天给您补发一件', at(23, 18)],
    ['我去催一下快递，下午五点前回复您', '下午五点前回复您', at(22, 17)],
    ['两小时内回复您', '两小时内回复您', at(22, 16)],
    ['半小时内给您答复', '半小时内给您答复', at(22, 14, 30)],
    ['后天帮您安排退款', '后天帮您安排退款', at(24, 18)],
    ['明天上午10点联系您', '明天上午10点联系您', at(23, 10)],
    ['差价我今晚 8 点前给您退回', '差价我今晚 8 点前给您退回', at(22, 20)],
    ['大约 20 分钟内回复您', '大约 20 分钟内回复您', at(22, 14, 20)],
    ['3天内退款', '3天内退款', at(25, 18)],
  ])('%s', (reply, text, due) => expect(caught(reply, NOW)).toEqual({ text, due }))

  it.each(['今天发货吗', '您今天付款的话', '今天发不了', '昨天已经给您发了', '这件适合冬天穿', '16:00 前付款的订单当天发', '好的，马上', '上午十点给您发'])(
    'there is none in “%s”',
    (reply) => expect(caught(reply, NOW)).toBeNull(),
  )
})

describe('tags proposed from the chat', () => {
  const said = (seq: number, intent: string, confidence = 0.9) => ({ seq, sender: 'customer', nlu: { intent, confidence } })
  const chat = (messages: unknown[], tags: string[] = []): Detail => ({ transcript: messages, tags, product: { category: '羽绒服' } }) as unknown as Detail
  const title = (intent: string): string => ({ ask_size: '咨询尺码', ask_price: '咨询价格', ask_stock: '咨询库存' })[intent] ?? intent

  it('names what she asked most, with the kind of goods', () => {
    const detail = chat([said(1, 'greet'), said(2, 'ask_price'), said(3, 'ask_size'), said(4, 'ask_size'), said(5, 'ask_stock', 0.3)])
    expect(proposedTags(detail, title)).toEqual(['咨询尺码 · 羽绒服', '咨询价格 · 羽绒服'])
  })

  it('does not propose what is there already', () => {
    expect(proposedTags(chat([said(1, 'ask_size')], ['咨询尺码 · 羽绒服']), title)).toEqual([])
  })
})
