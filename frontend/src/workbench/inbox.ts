/** The trainer's queue: one decision after another, each stored behind the trainer's back, each can be taken back. */

import { computed, ref, shallowRef } from 'vue'
import { ApiError, messageOf } from '@/common/api'
import { INBOX_LIMIT, type WorkbenchGateway } from './gateway'
import type { Mark } from './marks'
import type { Change, InboxItem } from './model'

export interface Decision {
  item: InboxItem
  intent: string | null
  /** Other messages labelled with it. */
  also: string[]
  /** The staged change, once the gateway has it. */
  stored: Promise<Change | null>
}

/** With fewer than this left, more are fetched, so that the next one is always there. */
const FEW = 10
const REMEMBERED = 50

export function createInbox(gateway: WorkbenchGateway, onError: (error: unknown, isTold?: boolean) => void) {
  const items = shallowRef<InboxItem[]>([])
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  const error = ref('')
  const decisions = shallowRef<Decision[]>([])
  const done = ref(0)
  /** There may be more than one fetch brings. */
  const isOpenEnded = ref(false)
  /** Decided here; a fetch that was on its way does not bring them back. */
  const decided = new Set<string>()
  let fetching: Promise<void> | null = null

  const current = computed<InboxItem | null>(() => items.value[0] ?? null)
  const left = computed(() => items.value.length)
  const canUndo = computed(() => decisions.value.length > 0)

  function load(): Promise<void> {
    fetching ??= read().finally(() => (fetching = null))
    return fetching
  }

  async function read(): Promise<void> {
    try {
      const fetched = await gateway.inbox()
      isOpenEnded.value = fetched.length >= INBOX_LIMIT
      // What is on the screen stays there, also when something more valuable has come.
      const shown = current.value
      const fresh = fetched.filter((item) => !decided.has(item.message_id) && item.message_id !== shown?.message_id)
      items.value = shown ? [shown, ...fresh] : fresh
      state.value = 'ready'
    } catch (failure) {
      error.value = messageOf(failure)
      if (!items.value.length) state.value = 'error'
      onError(failure, !items.value.length)
    }
  }

  /** Null puts the message aside. The next one is on the screen before the gateway has answered. */
  function decide(intent: string | null, also: string[] = [], marks: readonly Mark[] = [], item = current.value): void {
    if (!item || decided.has(item.message_id)) return
    decided.add(item.message_id)
    items.value = items.value.filter((each) => each !== item)
    done.value++
    const stored = store(item, intent, also, marks)
    decisions.value = [...decisions.value, { item, intent, also, stored }].slice(-REMEMBERED)
    if (items.value.length < FEW && (isOpenEnded.value || !items.value.length)) void stored.then(load)
  }

  async function store(item: InboxItem, intent: string | null, also: string[], marks: readonly Mark[]): Promise<Change | null> {
    try {
      return await gateway.label(item.message_id, intent, also, marks)
    } catch (failure) {
      // Nothing is lost: the message comes back to the front.
      giveBack(item)
      decisions.value = decisions.value.filter((each) => each.item !== item)
      onError(failure)
      return null
    }
  }

  function giveBack(item: InboxItem): void {
    decided.delete(item.message_id)
    done.value = Math.max(0, done.value - 1)
    items.value = [item, ...items.value.filter((each) => each.message_id !== item.message_id)]
  }

  /** Takes the last decision back; its message is on the screen again. */
  async function undo(): Promise<void> {
    const last = decisions.value.at(-1)
    if (!last) return
    decisions.value = decisions.value.slice(0, -1)
    const change = await last.stored
    if (!change) return // it was not stored and has come back by itself
    try {
      for (const id of [...(change.also ?? []), change.id]) await gateway.drop(id)
      giveBack(last.item)
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.status === 404)) decisions.value = [...decisions.value, last]
      onError(failure)
    }
  }

  return { items, state, error, current, left, done, isOpenEnded, canUndo, decisions, load, decide, undo }
}

export type Inbox = ReturnType<typeof createInbox>
