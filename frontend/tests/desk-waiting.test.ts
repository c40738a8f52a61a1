import { linePreview, briefLine, reasonWeight, sourceText, waitsFor } from '@/desk/phrases'
import { titleFor } from '@/desk/alarm'
import { dueChoices } from '@/desk/promises'
import { ringText, secondsSince, waitingFrom, waitLevel, waitSentence } from '@/desk/waiting'
import type { Message } from '@/common/messages'
import { describe, expect, it } from 'vitest'

describe('the wait of a customer', () => {
  it.each([
    [0, 'good'],
    [6, 'good'],
    [7, 'warn'],
    [10, 'warn'],
    [11, 'bad'],
  ])('after %i seconds is %s', (seconds, level) => {
    expect(waitLevel(seconds)).toBe(level)
  })

  it('follows the limits of the shop', () => {
    expect(waitLevel(20, { golden_seconds: 30, keep_seconds: 60 })).toBe('good')
  })

  it.each([
    [8, '8'],
    [65, '1:05'],
    [600, '10分'],
    [7200, '2时'],
    [172_800, '2天'],
  ])('of %i seconds fits into the ring as %s', (seconds, text) => {
    expect(ringText(seconds)).toBe(text)
  })

  it('counts from the seconds the gateway names, so that a wrong clock shows no wrong wait', () => {
    const from = waitingFrom(8, 1_000_000)
    expect(from).toBe(992_000)
    expect(secondsSince(from ?? 0, 1_003_000)).toBe(11)
    expect(waitingFrom(null, 1_000_000)).toBeNull()
  })

  it('is told in words to who cannot see the ring', () => {
    expect(waitSentence(65)).toBe('已等 1 分 5 秒')
  })

  it('stands in the page title, who is not taken yet before who waits for an answer', () => {
    expect(titleFor(2, 1)).toContain('(2) 有客户待接入')
    expect(titleFor(0, 1)).toContain('(1) 等您回复')
    expect(titleFor(0, 0)).toBe('客服工作台 · 小二')
  })
})

describe('the words of the lists', () => {
  const said = (part: Partial<Message>): Message => ({ seq: 1, id: 'm', sender: 'customer', text: '', created_at: '2026-11-22T06:00:00Z', ...part })

  it('say who spoke last when it was not the customer', () => {
    expect(linePreview(said({ text: '在吗\n有人吗' }))).toBe('在吗 有人吗')
    expect(linePreview(said({ sender: 'agent', author: '小林', text: '在的' }))).toBe('小林：在的')
    expect(linePreview(said({ sender: 'bot', card: { type: 'remedies' } }))).toBe('机器人：[处理方案]')
    expect(linePreview(said({ image: '/api/attachments/x' }))).toBe('[图片]')
  })

  it('make safety and complaints the loudest reasons', () => {
    expect(reasonWeight('safety_or_legal')).toBe('urgent')
    expect(reasonWeight('high_value')).toBe('raised')
    expect(reasonWeight('requested')).toBe('plain')
  })

  it('split a line of the brief into name and content', () => {
    expect(briefLine('原因：投诉')).toEqual({ label: '原因', text: '投诉' })
    expect(briefLine('她说：“不行：太贵”')).toEqual({ label: '她说', text: '“不行：太贵”' })
    expect(briefLine('没有冒号的一行')).toEqual({ label: '', text: '没有冒号的一行' })
  })

  it('say what a customer waits for, not that she asked for a person', () => {
    const named = (reason: string): string => ({ requested: '客户要求人工', complaint: '投诉' })[reason] ?? ''
    expect(waitsFor({ reason: 'requested', tag: '改地址 · 纯棉四件套' }, named)).toBe('改地址')
    expect(waitsFor({ reason: 'requested', tag: '' }, named)).toBe('客户要求人工')
    expect(waitsFor({ reason: 'complaint', tag: '查物流' }, named)).toBe('投诉')
  })

  it('name the script behind a bot’s answer, and no step of the program', () => {
    expect(sourceText({ ...said({ sender: 'bot' }), source: { action: 'action_handoff' } })).toBe('')
    expect(sourceText({ ...said({ sender: 'bot' }), source: { faq_id: 'shipping.ship-today', script_id: 'a', score: 0.934 } })).toBe('话术 shipping.ship-today#a · 0.93')
  })
})

describe('when a promise is due', () => {
  it('leaves out what is over today', () => {
    const titles = dueChoices(new Date(2026, 10, 22, 19, 0)).map((choice) => choice.title)
    expect(titles).not.toContain('今天 18:00 前')
    expect(titles).toContain('今天 22:00 前')
  })
})
