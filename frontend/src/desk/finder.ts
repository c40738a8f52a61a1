/** Search over all conversations: what is typed is looked for after a short pause; only the newest answer counts. */

import { computed, ref, shallowRef, watch } from 'vue'
import { messageOf } from '@/common/api'
import type { DeskGateway } from './gateway'
import type { FoundJson, Row } from './model'

const PAUSE = 250

export type Scope = 'all' | 'mine' | 'closed'
export const SCOPES: { id: Scope; title: string }[] = [
  { id: 'all', title: '全部' },
  { id: 'mine', title: '我接过的' },
  { id: 'closed', title: '已结束' },
]

export function createFinder(gateway: Pick<DeskGateway, 'search'>, me: string) {
  const query = ref('')
  const scope = ref<Scope>('all')
  const found = shallowRef<FoundJson[]>([])
  const state = ref<'idle' | 'looking' | 'ready' | 'error'>('idle')
  const error = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let looks = 0

  const rows = computed<(Row & { quote: string })[]>(() =>
    found.value
      .filter((row) => scope.value === 'all' || (scope.value === 'mine' ? row.agent === me : row.owner === 'closed'))
      .map((row) => ({ ...row, waitingFrom: null, offerUntil: null })),
  )

  watch(query, (wanted) => {
    clearTimeout(timer)
    const look = ++looks
    if (!wanted.trim()) {
      found.value = []
      state.value = 'idle'
      return
    }
    state.value = 'looking'
    timer = setTimeout(() => void ask(wanted.trim(), look), PAUSE)
  })

  async function ask(wanted: string, look: number): Promise<void> {
    try {
      const answer = await gateway.search(wanted)
      if (look !== looks) return
      found.value = answer
      state.value = 'ready'
    } catch (failure) {
      if (look !== looks) return
      error.value = messageOf(failure)
      state.value = 'error'
    }
  }

  return { query, scope, rows, state, error }
}
