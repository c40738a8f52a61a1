/** All conversations the desk knows, sorted into its lists. Fetched at start and after a gap, then kept by events. */

import { computed, reactive, ref, shallowReactive } from 'vue'
import { messageOf } from '@/common/api'
import type { DeskGateway, ListState } from './gateway'
import type { ListedJson, Row } from './model'
import { waitingFrom } from './waiting'

export type ListName = 'queued' | 'mine' | 'colleagues' | 'bot' | 'closed'

const FETCHED: ListState[] = ['queued', 'human', 'bot', 'closed']
/** The gateway sends at most so many lines of a list. */
export const LIST_LIMIT = 200

const byUrgency = (a: Row, b: Row): number =>
  b.priority - a.priority || String(a.waiting_since).localeCompare(String(b.waiting_since)) || a.id.localeCompare(b.id)
const newestFirst = (a: Row, b: Row): number => b.updated_at.localeCompare(a.updated_at)
/** My own: who waits longest first, then the newest. */
const byWait = (a: Row, b: Row): number => {
  if (a.waiting_since && b.waiting_since) return a.waiting_since.localeCompare(b.waiting_since)
  return Number(Boolean(b.waiting_since)) - Number(Boolean(a.waiting_since)) || newestFirst(a, b)
}

export function createLists(gateway: DeskGateway, me: string, clock: () => number = Date.now) {
  const rows = shallowReactive(new Map<string, Row>())
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const error = ref('')
  const touched = new Set<string>()
  let loads = 0

  const all = computed(() => [...rows.values()])
  const human = computed(() => all.value.filter((row) => row.owner === 'human'))
  const lists = reactive({
    queued: computed(() => all.value.filter((row) => row.owner === 'queued').sort(byUrgency)),
    mine: computed(() => human.value.filter((row) => row.agent === me).sort(byWait)),
    colleagues: computed(() => human.value.filter((row) => row.agent !== me).sort(newestFirst)),
    bot: computed(() => all.value.filter((row) => row.owner === 'bot' && hasCustomerWords(row)).sort(newestFirst)),
    closed: computed(() => all.value.filter((row) => row.owner === 'closed').sort(newestFirst)),
  })

  /** Events that arrive while the lists are on their way are newer than what is on its way. */
  async function load(): Promise<void> {
    const load = ++loads
    touched.clear()
    if (rows.size === 0) state.value = 'loading'
    try {
      const fetched = (await Promise.all(FETCHED.map((name) => gateway.list(name)))).flat()
      if (load !== loads) return
      const present = new Set(fetched.map((row) => row.id))
      for (const id of [...rows.keys()]) if (!present.has(id) && !touched.has(id)) rows.delete(id)
      for (const row of fetched) if (!touched.has(row.id)) rows.set(row.id, timed(row))
      state.value = 'ready'
    } catch (failure) {
      if (load !== loads) return
      error.value = messageOf(failure)
      if (rows.size === 0) state.value = 'error'
      throw failure
    }
  }

  function apply(row: ListedJson): void {
    touched.add(row.id)
    const known = rows.get(row.id)
    if (known && (known.version > row.version || known.updated_at > row.updated_at)) return
    rows.set(row.id, timed(row))
  }

  /** The same wait keeps its beginning: whole seconds told anew would make the clock jump. */
  function timed(row: ListedJson): Row {
    const known = rows.get(row.id)
    const isSameWait = known !== undefined && row.waiting_since !== null && known.waiting_since === row.waiting_since
    const offerUntil = row.offer ? clock() + row.offer.seconds * 1000 : null
    return { ...row, offerUntil, waitingFrom: isSameWait ? known.waitingFrom : waitingFrom(row.waited_seconds, clock()) }
  }

  return { rows, lists, state, error, load, apply }
}

export type Lists = ReturnType<typeof createLists>

/** A chat that was only opened and greeted is nobody's business yet. */
function hasCustomerWords(row: Row): boolean {
  return row.last_message !== null && (row.last_message.seq > 1 || row.last_message.sender === 'customer')
}
