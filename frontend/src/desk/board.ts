/** The remedy board: what is wrong, what each step would lose, and which two or more go to the customer. */

import { computed, reactive, ref, shallowRef } from 'vue'
import { messageOf } from '@/common/api'
import type { DeskGateway } from './gateway'
import type { Board, Detail, Issue, Order, Remedy, Severity, Trouble } from './model'

export const ISSUES: { id: Issue; title: string }[] = [
  { id: 'defect', title: '有瑕疵' },
  { id: 'wrong', title: '发错了' },
  { id: 'missing', title: '少发了' },
  { id: 'mismatch', title: '和描述不符' },
]
export const SEVERITIES: { id: Severity; title: string }[] = [
  { id: 'minor', title: '不影响用' },
  { id: 'moderate', title: '有些影响' },
  { id: 'severe', title: '没法用' },
]
export const FEWEST = 2
const MOST = 4

/** What the bot has found out already, so that the agent does not ask again. */
export function begun(detail: Detail): Trouble | null {
  const order = detail.order ?? detail.orders[0]
  if (!order) return null
  const told = (detail.handoff?.slots?.trouble ?? {}) as Record<string, unknown>
  const issue = ISSUES.find(({ id }) => id === told.issue)?.id ?? 'defect'
  const severity = SEVERITIES.find(({ id }) => id === told.severity)?.id ?? 'moderate'
  const line = order.lines.find((each) => each.product_id === told.product) ?? order.lines[0]
  return { order_id: order.id, sku: line?.sku, issue, severity }
}

export function createBoard(gateway: Pick<DeskGateway, 'board'>, detail: () => Detail) {
  const trouble = reactive<Trouble>(begun(detail()) ?? { order_id: '', issue: 'defect', severity: 'moderate' })
  const board = shallowRef<Board | null>(null)
  const error = ref('')
  const isReading = ref(false)
  const chosen = ref<string[]>([])
  let reads = 0

  const order = computed<Order | undefined>(() => detail().orders.find((each) => each.id === trouble.order_id) ?? detail().order ?? undefined)
  const canSend = computed(() => chosen.value.length >= FEWEST && !isReading.value && !error.value)

  /** What the policy would offer is chosen at first; the agent's own choice is kept where it still can be had. */
  async function read(keep = false): Promise<void> {
    const read = ++reads
    isReading.value = true
    try {
      const fresh = await gateway.board(detail().id, { ...trouble })
      if (read !== reads) return
      board.value = fresh
      error.value = ''
      const free = fresh.rows.filter((row) => !row.obstacle)
      const wanted = keep ? chosen.value : free.filter((row) => row.is_usual).map((row) => row.kind)
      chosen.value = free.map((row) => row.kind).filter((kind) => wanted.includes(kind))
    } catch (failure) {
      if (read === reads) error.value = messageOf(failure)
    } finally {
      if (read === reads) isReading.value = false
    }
  }

  function toggle(row: Remedy): void {
    if (row.obstacle) return
    const without = chosen.value.filter((kind) => kind !== row.kind)
    chosen.value = without.length < chosen.value.length ? without : [...without, row.kind].slice(-MOST)
  }

  /** Another order: its first piece. */
  function chooseOrder(id: string): void {
    trouble.order_id = id
    trouble.sku = detail().orders.find((each) => each.id === id)?.lines[0]?.sku
  }

  return { trouble, board, error, isReading, chosen, order, canSend, read, toggle, chooseOrder }
}
