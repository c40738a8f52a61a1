import { createApprovals, verdict } from '@/desk/approvals'
import type { DeskGateway } from '@/desk/gateway'
import type { Approval } from '@/desk/model'
import { describe, expect, it, vi } from 'vitest'

const wish = (part: Partial<Approval> = {}): Approval => ({
  id: 'a1', conversation_id: 'c1', kind: 'remedy', what: {}, title: '全额退款', cost: '180', reason: '很生气', asked_by: 'xiaolin',
  asked_by_name: '小林', asked_at: '2026-11-22T06:00:00Z', state: 'asked', decided_by_name: '', decided_at: null, word: '', ...part,
})

function setUp(me: { username: string; role: string }) {
  const hooks = { onError: vi.fn(), onAsked: vi.fn(), onDecided: vi.fn() }
  const gateway = { approvals: vi.fn(async () => [wish()]), decide: vi.fn() }
  return { hooks, gateway, approvals: createApprovals(gateway as unknown as DeskGateway, me, hooks) }
}

describe('what is above an agent’s authority', () => {
  it('rings once for a supervisor and leaves her list when a colleague has decided', () => {
    const { approvals, hooks } = setUp({ username: 'zhou', role: 'supervisor' })
    approvals.hear(wish())
    approvals.hear(wish())
    expect(hooks.onAsked).toHaveBeenCalledOnce()
    expect(approvals.waiting.value.map(({ id }) => id)).toEqual(['a1'])
    approvals.hear(wish({ state: 'declined' }))
    expect(approvals.waiting.value).toEqual([])
    expect(hooks.onDecided).not.toHaveBeenCalled()
  })

  it('is nobody’s to approve for herself', () => {
    const { approvals, hooks } = setUp({ username: 'zhou', role: 'supervisor' })
    approvals.hear(wish({ asked_by: 'zhou' }))
    expect(approvals.waiting.value).toEqual([])
    expect(hooks.onAsked).not.toHaveBeenCalled()
  })

  it('is told to who asked, and rings for no other agent', () => {
    const mine = setUp({ username: 'xiaolin', role: 'agent' })
    const other = setUp({ username: 'aqing', role: 'agent' })
    for (const { approvals } of [mine, other]) approvals.hear(wish({ state: 'approved' }))
    expect(mine.hooks.onDecided).toHaveBeenCalledOnce()
    expect(other.hooks.onDecided).not.toHaveBeenCalled()
    expect(other.approvals.waiting.value).toEqual([])
  })

  it('is read anew where somebody was quicker', async () => {
    const { approvals, gateway, hooks } = setUp({ username: 'zhou', role: 'supervisor' })
    gateway.decide.mockRejectedValue(new Error('处理过了'))
    gateway.approvals.mockResolvedValue([])
    approvals.hear(wish())
    expect(await approvals.decide(wish(), true)).toBe(false)
    expect(approvals.waiting.value).toEqual([])
    expect(hooks.onError).toHaveBeenCalledOnce()
  })

  it.each([
    [{ state: 'asked' }, '等主管批'],
    [{ state: 'approved', decided_by_name: '周店长', word: '下不为例' }, '周店长已批：下不为例'],
    [{ state: 'declined', decided_by_name: '周店长' }, '周店长没批'],
    [{ state: 'used', decided_by_name: '周店长' }, '周店长已批，已经给了客户'],
    [{ state: 'withdrawn' }, '已撤回'],
  ] as [Partial<Approval>, string][])('%o reads as a sentence', (part, words) => {
    expect(verdict(wish(part))).toBe(words)
  })
})
