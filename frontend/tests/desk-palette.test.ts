import { blanksIn, filled, nextBlank } from '@/desk/blanks'
import type { Phrase } from '@/desk/model'
import { ranked, slashAt } from '@/desk/palette'
import { describe, expect, it } from 'vitest'

const phrase = (id: string, title: string, initials: string, pinyin = '', text = ''): Phrase => ({
  id, title, initials, pinyin, text, group: id.startsWith('own.') ? '商品' : '知识库', is_campaign: false, valid_to: null,
})
const PHRASES = [
  phrase('own.stock', '查库存', 'ckc', 'chakucun', '现在有 {stock} 件'),
  phrase('own.urge', '已经催了', 'yjcl'),
  phrase('stock.check', '查库存怎么查', 'ckczmc'),
  phrase('shipping.when', '几天发货', 'jtfh', 'jitianfahuo', '当天发出'),
]
const ids = (query: string): string[] => ranked(PHRASES, query).map((each) => each.id)

describe('the "/" palette', () => {
  it.each([
    ['/', 1, { start: 0, query: '' }],
    ['/ckc', 4, { start: 0, query: 'ckc' }],
    ['、ckc', 4, { start: 0, query: 'ckc' }],
    ['您好\n/kd', 6, { start: 3, query: 'kd' }],
    ['今天/明天', 5, null],
    ['/ckc 好', 6, null],
    ['您好', 2, null],
  ])('%j at %i', (text, caret, found) => expect(slashAt(text, caret)).toEqual(found))

  it('finds by initials, by words, by pinyin and by what the text says, own phrases first', () => {
    expect(ids('ckc')).toEqual(['own.stock', 'stock.check'])
    expect(ids('库存')).toEqual(['own.stock', 'stock.check'])
    expect(ids('jitian')).toEqual(['shipping.when'])
    expect(ids('当天')).toEqual(['shipping.when'])
    expect(ids('cl')).toEqual(['own.urge'])
    expect(ids('zzz')).toEqual([])
    expect(ids('')).toHaveLength(4)
  })
})

describe('blanks and live variables', () => {
  it('fills what is known and leaves the rest to the agent', () => {
    expect(filled('{product} {size} 码有 {stock} 件', { product: '羽绒服', stock: '12' })).toBe('羽绒服 【尺码】 码有 12 件')
    expect(blanksIn('【几】分钟')).toEqual(['【几】'])
  })

  it('goes from blank to blank and begins again at the first', () => {
    const text = '【几】分钟后【结果】'
    expect(nextBlank(text, 0)).toEqual({ start: 0, end: 3 })
    expect(nextBlank(text, 3)).toEqual({ start: 6, end: 10 })
    expect(nextBlank(text, 10)).toEqual({ start: 0, end: 3 })
    expect(nextBlank('填好了', 0)).toBeNull()
  })
})
