import { ago, dayAndClock, roughly, stopwatch, yuan } from '@/common/time'
import { describe, expect, it } from 'vitest'

const now = new Date(2026, 10, 22, 14, 0, 0)
const at = (month: number, day: number, hour: number, minute: number, year = 2026) => new Date(year, month - 1, day, hour, minute)

describe('when something happened', () => {
  it.each([
    [new Date(now.getTime() - 20_000), '刚刚'],
    [new Date(now.getTime() - 3 * 60_000), '3 分钟前'],
    [at(11, 22, 9, 5), '09:05'],
    [at(11, 21, 18, 20), '昨天 18:20'],
    [at(11, 21, 23, 59), '昨天 23:59'],
    [at(11, 23, 9, 0), '刚刚'],
    [at(3, 5, 18, 20), '3月5日 18:20'],
    [at(3, 5, 18, 20, 2025), '2025年3月5日'],
  ])('%s is said as %s', (moment, words) => {
    expect(ago(moment, now)).toBe(words)
  })

  it('calls midnight the border between today and yesterday, not 24 hours', () => {
    expect(dayAndClock(at(11, 21, 23, 50), at(11, 22, 0, 10))).toBe('昨天 23:50')
  })

  it('knows tomorrow, for promises', () => {
    expect(dayAndClock(at(11, 23, 18, 0), now)).toBe('明天 18:00')
  })
})

describe('how long somebody waits', () => {
  it.each([
    [0, '00:00'],
    [8.9, '00:08'],
    [750, '12:30'],
    [3725, '1:02:05'],
    [-3, '00:00'],
  ])('%d s stand on the clock as %s', (seconds, face) => expect(stopwatch(seconds)).toBe(face))

  it.each([
    [3, '约 10 秒'],
    [34, '约 40 秒'],
    [61, '约 2 分钟'],
    [5400, '约 2 小时'],
  ])('%d s are estimated as %s', (seconds, words) => expect(roughly(seconds)).toBe(words))
})

describe('amounts', () => {
  it.each([
    [389, '¥389'],
    ['389', '¥389'],
    [116.7, '¥116.70'],
    ['面议', '面议'],
  ])('%s is written %s', (amount, words) => expect(yuan(amount)).toBe(words))
})
