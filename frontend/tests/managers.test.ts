import { ApiError } from '@/common/api'
import { createBoard } from '@/managers/board'
import { describe, expect, it, vi } from 'vitest'
import { bar, duration, headline, percent, scaleTop, type Bar } from '@/managers/figures'
import type { Headline, Report, Service } from '@/managers/model'
import { between, dayName, keyed, monthName, shiftMonth, weeksOf } from '@/common/calendar'
import { dayMark, daysOf, fromAddress, periodName, presetPeriod, shopDay, toAddress, wrongWith } from '@/managers/period'

/** 2026-11-22 01:30 in Hangzhou, still the 21st in London. */
const NIGHT = Date.parse('2026-11-21T17:30:00Z')

describe('which days are told of', () => {
  it('goes by the shop’s clock', () => {
    expect(shopDay(NIGHT)).toBe('2026-11-22')
    expect(presetPeriod('yesterday', NIGHT)).toEqual({ from: '2026-11-21', to: '2026-11-21' })
    expect(presetPeriod('7', NIGHT)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
    expect(daysOf(presetPeriod('30', NIGHT))).toBe(30)
    expect(presetPeriod('today', NIGHT)).toEqual({ from: '2026-11-22', to: '2026-11-22' })
    expect(presetPeriod('month', NIGHT)).toEqual({ from: '2026-11-01', to: '2026-11-22' })
    expect(presetPeriod('month', Date.parse('2026-11-30T17:30:00Z'))).toEqual({ from: '2026-12-01', to: '2026-12-01' })
  })

  it('stands in the address and survives a reload', () => {
    for (const hash of ['#today', '#30', '#month', '#2026-11-01..2026-11-07']) {
      const { preset, period } = fromAddress(hash, NIGHT)
      expect(toAddress(preset, period)).toBe(hash)
    }
    expect(fromAddress('#2026-11-09..2026-11-01', NIGHT).preset).toBe('7')
    expect(fromAddress('', NIGHT).preset).toBe('7')
  })

  it('says what is wrong with a period', () => {
    expect(wrongWith({ from: '2026-11-02', to: '2026-11-01' })).toContain('之后')
    expect(wrongWith({ from: '2020-01-01', to: '2026-11-01' })).toContain('一年')
    expect(wrongWith({ from: '', to: '2026-11-01' })).toContain('选好')
    expect(wrongWith({ from: '2026-11-01', to: '2026-11-01' })).toBeNull()
  })

  it('names days with their weekday', () => {
    expect(dayName('2026-11-16')).toBe('11月16日 周一')
    expect(dayMark('2026-01-05')).toBe('1/5')
    expect(periodName({ from: '2026-11-16', to: '2026-11-22' }, '2026-11-22')).toBe('11月16日 周一 至 11月22日 周日')
    expect(periodName({ from: '2026-01-05', to: '2026-01-05' }, '2026-11-22')).toBe('1月5日 周一')
    expect(periodName({ from: '2025-12-31', to: '2026-01-01' }, '2026-11-22')).toBe('2025年12月31日 周三 至 2026年1月1日 周四')
  })
})

describe('the calendar', () => {
  it.each([
    ['2026-11-22', 6, '2026-11-01', 6, '2026-11-30', 0], // begins on a Sunday
    ['2027-02-10', 4, '2027-02-01', 0, '2027-02-28', 6], // four weeks exactly
    ['2028-02-29', 5, '2028-02-01', 1, '2028-02-29', 1], // a leap year
  ])('shows the month of %s in %i weeks, Monday first', (day, count, first, firstAt, last, lastAt) => {
    const weeks = weeksOf(day)
    expect(weeks).toHaveLength(count)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    expect([weeks[0].indexOf(first), weeks.at(-1)?.indexOf(last)]).toEqual([firstAt, lastAt])
    expect(new Set(weeks.flat().filter(Boolean)).size).toBe(Number(last.slice(8)))
  })

  it('goes by keys over the ends of months and years', () => {
    expect(keyed('ArrowRight', '2026-12-31')).toBe('2027-01-01')
    expect(keyed('ArrowUp', '2026-11-03')).toBe('2026-10-27')
    expect(keyed('PageUp', '2026-03-31')).toBe('2026-02-28')
    expect(keyed('Enter', '2026-03-31')).toBeNull()
    expect([shiftMonth('2026-12-15', 1), monthName('2026-03-31')]).toEqual(['2027-01-15', '2026年3月'])
  })

  it('takes the two days in either order', () => {
    const both = { from: '2026-11-03', to: '2026-11-20' }
    expect([between('2026-11-20', '2026-11-03'), between('2026-11-03', '2026-11-20')]).toEqual([both, both])
  })
})

describe('figures as a manager reads them', () => {
  it('has a dash where there is nothing to tell, not a zero', () => {
    expect(percent(null)).toBe('—')
    expect(duration(null)).toBe('—')
    expect(percent(0)).toBe('0%')
  })

  it('says shares and times short', () => {
    expect([percent(0.914), percent(1), percent(0.9999)]).toEqual(['91.4%', '100%', '100%'])
    expect([duration(8.44), duration(59.6), duration(80), duration(120), duration(7500)]).toEqual(['8.4 秒', '1 分', '1 分 20 秒', '2 分', '2 小时 5 分'])
  })
})

const NOTHING = { count: 0, mean: null, median: null, p90: null }
const service = (values: Partial<Service> = {}): Service => ({ visits: 0, answered: 0, within_6: 0, within_10: 0, by_bot: 0, handed_over: 0, seconds: null, ...values })
const empty = (values: Partial<Headline> = {}): Headline => ({
  service: service(),
  waiting: { taken: NOTHING, left: 0, still: 0 },
  handling: NOTHING,
  ratings: { count: 0, mean: null, scores: [0, 0, 0, 0, 0] },
  conversion: { visits: 0, ordered: 0, orders: 0, yuan: 0 },
  kept: { due: 0, kept: 0, late: 0 },
  understood: { read: 0, unclear: 0 },
  ...values,
})
const report = (now: Headline, before: Headline = empty(), areOrdersHere = true): Report =>
  ({ now, before, corrected: 0, are_orders_here: areOrdersHere }) as Report
const figure = (found: Report, id: string) => headline(found).find((each) => each.id === id)

describe('the board', () => {
  it('says of which days its figures are while others are chosen and cannot be read', async () => {
    window.history.replaceState(null, '', '#yesterday')
    const read = vi.fn(async () => report(empty()))
    const board = createBoard(read, () => NIGHT)
    await board.load()
    expect([board.isOther.value, board.shown.value.to]).toEqual([false, '2026-11-21'])
    read.mockRejectedValueOnce(new ApiError(0, '网络不通'))
    board.choose('7')
    expect(board.isOther.value).toBe(true)
    await vi.waitFor(() => expect(board.error.value).toBe('网络不通'))
    expect([board.period.value.from, board.shown.value.from]).toEqual(['2026-11-16', '2026-11-21'])
    await board.load()
    expect([board.isOther.value, board.error.value]).toEqual([false, ''])
  })
})

describe('the head of the page', () => {
  it('says of a day without customers that nobody came, not that everybody was answered', () => {
    expect(figure(report(empty()), 'visits')).toMatchObject({ value: '0 人次', detail: '没有顾客来聊' })
    expect(figure(report(empty({ service: service({ visits: 2, answered: 2 }) })), 'visits')?.detail).toBe('都回复了')
    expect(figure(report(empty({ service: service({ visits: 2, answered: 1 }) })), 'visits')?.detail).toBe('1 人次还没有回复')
  })

  it('tells better from worse against the days before', () => {
    const now = empty({ service: service({ visits: 10, answered: 10, within_6: 9, by_bot: 6 }) })
    const before = empty({ service: service({ visits: 10, answered: 10, within_6: 8, by_bot: 8 }) })
    expect(figure(report(now, before), 'first-reply')).toMatchObject({ value: '90%', change: '+10 个百分点', tone: 'good' })
    expect(figure(report(now, before), 'bot-share')).toMatchObject({ value: '60%', change: '−20 个百分点', tone: 'bad' })
    expect(figure(report(now, before), 'visits')).toMatchObject({ change: '持平', tone: 'same' })
  })

  it('takes a longer wait for worse', () => {
    const waited = (median: number): Headline => empty({ waiting: { taken: { count: 1, mean: median, median, p90: median }, left: 2, still: 0 } })
    expect(figure(report(waited(90), waited(60)), 'waiting')).toMatchObject({ value: '1 分 30 秒', change: '+30 秒', tone: 'bad' })
    expect(figure(report(waited(90)), 'waiting')?.detail).toContain('2 位没等到')
  })

  it('compares nothing with nothing', () => {
    expect(headline(report(empty())).filter(({ id }) => id !== 'visits').every(({ change }) => change === '')).toBe(true)
  })

  it('does not make up orders that another system keeps', () => {
    const now = empty({ conversion: { visits: 4, ordered: 0, orders: 0, yuan: 0 } })
    expect(figure(report(now, now, false), 'conversion')).toMatchObject({ value: '—', change: '' })
  })
})

describe('bars', () => {
  const heights = (...values: (number | null)[]): Bar[] => values.map((value) => ({ mark: '', name: '', value, told: '', sentence: '' }))

  it('stand on a round scale', () => {
    expect(scaleTop(heights(3, 37, null), 'visits')).toBe(40)
    expect(scaleTop(heights(0), 'visits')).toBe(4)
    expect(scaleTop(heights(101), 'visits')).toBe(200)
    expect(scaleTop(heights(0.4), 'by_bot')).toBe(1)
  })

  it('are missing, not zero, where nobody came', () => {
    expect(bar(service(), 'by_bot', '1', '1').value).toBeNull()
    expect(bar(service({ visits: 4, by_bot: 3 }), 'by_bot', '1', '1')).toMatchObject({ value: 0.75, told: '75%' })
  })
})
