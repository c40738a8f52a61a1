/** 请批: what agents ask supervisors for above their authority, on both sides of it. */

import { computed, shallowRef } from 'vue'
import type { DeskGateway } from './gateway'
import type { Approval } from './model'

export interface ApprovalHooks {
  onError: (error: unknown) => void
  /** My own wish has been decided. */
  onDecided: (approval: Approval) => void
  /** Something new waits for me. */
  onAsked: (approval: Approval) => void
}

export function createApprovals(gateway: Pick<DeskGateway, 'approvals' | 'decide'>, me: { username: string; role: string }, hooks: ApprovalHooks) {
  const open = shallowRef<Approval[]>([])
  const mayDecide = me.role === 'supervisor'
  /** What I can decide: nobody says yes to herself. */
  const waiting = computed(() => (mayDecide ? open.value.filter((each) => each.asked_by !== me.username) : []))

  async function load(): Promise<void> {
    try {
      open.value = await gateway.approvals()
    } catch (error) {
      hooks.onError(error)
    }
  }

  function hear(approval: Approval): void {
    const known = open.value.some((each) => each.id === approval.id)
    const others = open.value.filter((each) => each.id !== approval.id)
    if (approval.state === 'asked') {
      open.value = [...others, approval].sort((a, b) => a.asked_at.localeCompare(b.asked_at))
      if (!known && mayDecide && approval.asked_by !== me.username) hooks.onAsked(approval)
    } else {
      open.value = others
      if (approval.asked_by === me.username && (approval.state === 'approved' || approval.state === 'declined')) hooks.onDecided(approval)
    }
  }

  async function decide(approval: Approval, approve: boolean, word = ''): Promise<boolean> {
    try {
      hear(await gateway.decide(approval.id, approve, word))
      return true
    } catch (error) {
      hooks.onError(error)
      await load()
      return false
    }
  }

  return { open, waiting, mayDecide, load, hear, decide }
}

/** 已批、没批, with who and her words: one line for the chat, the board and the toast. */
export function verdict(approval: Approval): string {
  const said = approval.word ? `：${approval.word}` : ''
  if (approval.state === 'asked') return '等主管批'
  if (approval.state === 'approved') return `${approval.decided_by_name}已批${said}`
  if (approval.state === 'declined') return `${approval.decided_by_name}没批${said}`
  return approval.state === 'used' ? `${approval.decided_by_name}已批，已经给了客户` : '已撤回'
}
