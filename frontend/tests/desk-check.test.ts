import { concernsOf, type Facts } from '@/desk/check'
import { stockMeant } from '@/desk/facts'
import type { Product } from '@/desk/model'
import { describe, expect, it } from 'vitest'

const QUIET: Facts = { asked: [], said: [], stock: null, lowStock: 3, shipsOn: '今天', cutoff: '16:00' }
const LATE: Partial<Facts> = { shipsOn: '明天' }

const CASES: [reply: string, facts: Partial<Facts>, kinds: string[]][] = [
  // promises
  ['放心，今天一定到', {}, ['promise']],
  ['保证周五前送到您手上', {}, ['promise']],
  ['明天肯定能到', {}, ['promise']],
  ['预计周五到，路上我帮您盯着', {}, []],
  ['到货时间不能保证，预计两三天', {}, []],
  ['今天给您发', LATE, ['promise']],
  ['今天就能给您安排发货', LATE, ['promise']],
  ['今天给您发', {}, []],
  ['今天发不了，明天第一批走', LATE, []],
  ['现在拍的话，最晚明天发', LATE, []],
  ['保证不起球', {}, ['promise']],
  ['绝对不会掉色的', {}, ['promise']],
  ['面料做过抗起球处理', {}, []],
  ['这是全网最低价', {}, ['promise']],
  ['以后不会再降了', {}, ['promise']],
  ['15 天内降价退您差价', {}, []],
  // scarcity
  ['最后两件了', { stock: 12 }, ['scarcity']],
  ['M 码只剩 2 件', { stock: 2 }, []],
  ['M 码只剩 1 件', { stock: 2 }, ['scarcity']],
  ['快没货了，手慢无', { stock: 40 }, ['scarcity']],
  ['库存不多', { stock: null }, ['scarcity']],
  ['库存不多', { stock: 2 }, []],
  ['还有 12 件，不着急', { stock: 12 }, []],
  // open questions
  ['好的', { asked: ['这件几天能到？'] }, ['open']],
  ['预计后天送到', { asked: ['这件几天能到？'] }, []],
  ['您穿 M 码合身', { asked: ['165 穿什么码', '包邮吗'] }, ['open']],
  ['您穿 M 码合身，满 99 元包邮', { asked: ['165 穿什么码', '包邮吗'] }, []],
  ['后天能到', { asked: ['换一件几天能到？来回运费谁出'] }, ['open']],
  ['您稍等，我查一下', { asked: ['这件几天能到？'] }, []],
  ['不客气', { asked: ['好的谢谢'] }, []],
  ['我在的', { asked: ['在吗'] }, []],
  ['可以开，电子发票', { asked: ['能开发票吗？有货吗'] }, ['open']],
  // 亲
  ['亲，好的', { said: ['亲，在的', '亲～马上', '好的亲'] }, ['dear']],
  ['亲，好的', { said: ['亲，在的', '亲～马上'] }, []],
  ['亲亲，亲，亲您好', {}, ['dear']],
  ['您母亲穿这件合适，亲戚朋友都说好', { said: ['亲，在的', '亲～马上', '好的亲'] }, []],
  ['好的', { said: ['亲', '亲', '亲', '亲'] }, []],
  // blanks
  ['大约【几】分钟', {}, ['blank']],
  ['亲，今天一定到，只剩 1 件', { stock: 9, said: ['亲', '亲', '亲'] }, ['promise', 'scarcity', 'dear']],
]

describe('the gentle check before sending', () => {
  it.each(CASES)('%s %j → %j', (reply, facts, kinds) => {
    expect(concernsOf(reply, { ...QUIET, ...facts }).map((concern) => concern.kind)).toEqual(kinds)
  })

  it('quotes the question that was left open, and says how many pieces there are', () => {
    expect(concernsOf('好的', { ...QUIET, asked: ['这件几天能到？'] })[0].text).toContain('“这件几天能到？”')
    expect(concernsOf('最后两件了', { ...QUIET, stock: 12 })[0].text).toContain('12 件')
  })
})

describe('the pieces a reply speaks of', () => {
  const variants = [['黑色', 'L', 4], ['黑色', 'XL', 1], ['白色', 'L', 2]].map(([color, size, stock]) => ({ color, size, stock, sku: '', restock_on: null }))
  const coat = { variants } as unknown as Product

  it.each([
    ['XL 码只剩 1 件', undefined, 1],
    ['L 码还有', undefined, 6],
    ['黑色 L 码', undefined, 4],
    ['快没货了', '2', 2],
    ['快没货了', undefined, null],
  ])('%s', (reply, live, pieces) => expect(stockMeant(coat, reply, live)).toBe(pieces))

  it('knows nothing where no product is talked about', () => expect(stockMeant(null, 'XL 最后一件', undefined)).toBeNull())
})
