/** The conversation on the screen: what it says, what is on its way, and the steps an agent can take with it. */

import { computed, ref, shallowRef } from 'vue'
import { ApiError, messageOf } from '@/common/api'
import { mergeMessages } from '@/common/messages'
import type { DeskGateway } from './gateway'
import type { Approval, Department, DeskMessage, Detail, ListedJson, Note, Owned, Pledge, Suggestion, Trouble } from './model'
import { createOutgoing } from './outgoing'
import { waitingFrom } from './waiting'

const KEPT = 20
const TYPING_SHOWN = 4_000
const SETTLE = 250

export interface RoomHooks {
  /** A step was refused because somebody else has the conversation now. */
  onConflict: (message: string) => void
  /** `isTold` when the place itself says what is wrong. */
  onError: (error: unknown, isTold?: boolean) => void
}

export function createRoom(gateway: DeskGateway, me: string, hooks: RoomHooks) {
  const id = ref<string | null>(null)
  const detail = shallowRef<Detail | null>(null)
  const error = ref('')
  const isMissing = ref(false)
  const isBusy = ref(false)
  const isTyping = ref(false)
  /** Messages after this one are new to the agent; null while nothing is. */
  const newFrom = ref<number | null>(null)
  const waitFrom = ref<number | null>(null)
  const rejected = ref(new Set<string>())

  const cache = new Map<string, Detail>()
  /** The last message that was on the screen when the agent turned to another conversation. */
  const seenUpTo = new Map<string, number>()
  let typingTimer: ReturnType<typeof setTimeout> | undefined
  let settleTimer: ReturnType<typeof setTimeout> | undefined
  let reads = 0

  const isMine = computed(() => detail.value?.owner === 'human' && detail.value.agent === me)
  const messages = computed<DeskMessage[]>(() => detail.value?.transcript ?? [])

  /** Shows what is known at once and fetches the rest. Null closes the conversation. */
  async function open(next: string | null): Promise<void> {
    if (next === id.value) return
    if (id.value && detail.value) seenUpTo.set(id.value, detail.value.transcript.at(-1)?.seq ?? 0)
    id.value = next
    error.value = ''
    isMissing.value = isTyping.value = false
    newFrom.value = waitFrom.value = null
    clearTimeout(settleTimer)
    show(next ? (cache.get(next) ?? null) : null)
    outgoing.show()
    if (next) await refresh()
    const seen = next === id.value ? seenUpTo.get(next ?? '') : undefined
    if (seen !== undefined) newFrom.value ??= messages.value.find((message) => message.seq > seen && message.sender === 'customer')?.seq ?? null
  }

  async function refresh(): Promise<void> {
    const wanted = id.value
    if (!wanted) return
    const read = ++reads
    try {
      const fresh = await gateway.detail(wanted)
      if (wanted !== id.value || read !== reads) return
      error.value = ''
      // What was pushed while the answer was on its way is not lost again.
      const known = detail.value?.id === wanted ? detail.value.transcript : []
      show({ ...fresh, transcript: mergeMessages(known, fresh.transcript) })
      waitFrom.value = waitingFrom(fresh.waited_seconds, Date.now())
      outgoing.arrived(fresh.transcript)
    } catch (failure) {
      if (wanted !== id.value || read !== reads) return
      isMissing.value = failure instanceof ApiError && failure.status === 404
      error.value = messageOf(failure)
      // What is on the screen stays; the bar above tells that the line is down.
      hooks.onError(failure, !detail.value || (failure instanceof ApiError && failure.isTemporary))
    }
  }

  /** A few events come together; one fetch after them brings readings, suggestions, promises and tags. */
  function refreshSoon(): void {
    clearTimeout(settleTimer)
    settleTimer = setTimeout(() => void refresh(), SETTLE)
  }

  function receive(conversation: string, message: DeskMessage, isSeen: boolean): void {
    if (conversation !== id.value || !detail.value) return
    const isNew = !detail.value.transcript.some((known) => known.seq === message.seq)
    show({ ...detail.value, transcript: mergeMessages(detail.value.transcript, [message]) })
    outgoing.arrived([message])
    if (message.sender === 'customer') isTyping.value = false
    if (isNew && !isSeen && message.sender !== 'agent') newFrom.value ??= message.seq
    if (isNew && message.sender !== 'agent') refreshSoon()
  }

  function receiveRow(row: ListedJson): void {
    if (row.id !== id.value || !detail.value || row.version < detail.value.version) return
    const isMoved = row.version !== detail.value.version
    const { owner, version, agent, waiting_since, waited_seconds, updated_at, tag } = row
    show({ ...detail.value, owner, version, agent, waiting_since, waited_seconds, updated_at, tag })
    waitFrom.value = waitingFrom(waited_seconds, Date.now())
    if (isMoved) refreshSoon()
  }

  function customerSaw(conversation: string, seq: number): void {
    if (conversation === id.value && detail.value) show({ ...detail.value, seen_by_customer: Math.max(seq, detail.value.seen_by_customer ?? 0) })
  }

  function receiveNote(conversation: string, note: Note): void {
    const notes = detail.value?.notes ?? []
    if (!notes.some((known) => known.id === note.id)) change({ notes: [...notes, note] }, conversation)
  }

  function customerTypes(conversation: string): void {
    if (conversation !== id.value) return
    isTyping.value = true
    clearTimeout(typingTimer)
    typingTimer = setTimeout(() => (isTyping.value = false), TYPING_SHOWN)
  }

  function show(next: Detail | null): void {
    detail.value = next
    if (!next) return
    cache.delete(next.id)
    cache.set(next.id, next)
    for (const old of [...cache.keys()].slice(0, -KEPT)) cache.delete(old)
  }

  function change(part: Partial<Detail>, of: string | null = id.value): void {
    if (detail.value && detail.value.id === of) show({ ...detail.value, ...part })
  }

  // --- steps ---------------------------------------------------------------------------------

  const take = (): Promise<boolean> => step((seen) => gateway.take(seen.id, seen.version))
  const giveBack = (note: string): Promise<boolean> => step((seen) => gateway.giveBack(seen.id, seen.version, note))
  const close = (): Promise<boolean> => step((seen) => gateway.close(seen.id, seen.version))
  const transfer = (agent: string): Promise<boolean> => step((seen) => gateway.transfer(seen.id, seen.version, agent))

  /** Every step carries the version that was seen; true when it was done. */
  async function step(call: (seen: Detail) => Promise<Owned>): Promise<boolean> {
    const seen = detail.value
    if (!seen || isBusy.value) return false
    isBusy.value = true
    try {
      const owned = await call(seen)
      if (detail.value?.id === seen.id && owned.version >= detail.value.version) change(owned)
      refreshSoon()
      return true
    } catch (failure) {
      await refused(failure)
      return false
    } finally {
      isBusy.value = false
    }
  }

  async function refused(failure: unknown): Promise<void> {
    if (failure instanceof ApiError && failure.status === 409) {
      hooks.onConflict(failure.message)
      await refresh()
    } else hooks.onError(failure)
  }

  /** The shop has spoken: nobody waits for it any more. */
  function answered(message: DeskMessage, seen: Detail): Partial<Detail> {
    waitFrom.value = null
    return { transcript: mergeMessages(seen.transcript, [message]), waiting_since: null, waited_seconds: null }
  }

  // --- replies -------------------------------------------------------------------------------

  const outgoing = createOutgoing(gateway, {
    id,
    me,
    versionOf: (conversation) => (detail.value?.id === conversation ? detail.value : cache.get(conversation))?.version ?? 0,
    delivered: (conversation, { message, owner, version }) => {
      if (detail.value?.id !== conversation) return
      change({ owner, version: Math.max(version, detail.value.version), ...answered(message, detail.value) })
    },
    refused,
  })
  // An answer may have been lost after the gateway stored the reply.
  void outgoing.restored.then(() => outgoing.arrived(messages.value))

  function say(text: string, image: string | null = null): void {
    if (detail.value && isMine.value) outgoing.put(detail.value.id, { text, image })
  }

  function sayPicture(file: Blob): void {
    if (detail.value && isMine.value) outgoing.put(detail.value.id, { text: '', image: URL.createObjectURL(file), file })
  }

  // --- records -------------------------------------------------------------------------------

  /** Runs one call for the open conversation and shows its result there; true when it was done. */
  async function record<T>(call: (conversation: string) => Promise<T>, then: (result: T, seen: Detail) => Partial<Detail>): Promise<boolean> {
    const conversation = id.value
    if (!conversation) return false
    try {
      const result = await call(conversation)
      if (detail.value?.id === conversation) change(then(result, detail.value))
      return true
    } catch (failure) {
      hooks.onError(failure)
      return false
    }
  }

  const addNote = (text: string) => record((of) => gateway.note(of, text), (note, seen) => ({ notes: [...seen.notes.filter((known) => known.id !== note.id), note] }))
  const addTag = (text: string) => record((of) => gateway.tag(of, text), (tags) => ({ tags }))
  const removeTag = (text: string) =>
    record((of) => gateway.untag(of, text), (_, seen) => ({ tags: seen.tags.filter((tag) => tag !== text) }))
  const addPromise = (text: string, due: string | null) =>
    record((of) => gateway.promise(of, text, due), (promise, seen) => ({ promises: [...seen.promises, promise] }))
  const settle = (pledge: Pledge, is_done: boolean) =>
    record((of) => gateway.settle(of, pledge.id, is_done), (_, seen) => ({
      promises: seen.promises.map((each) => (each.id === pledge.id ? { ...each, is_done } : each)),
    }))
  /** It is gone from the screen until something else is asked, and the trainers read why. */
  const reject = (suggestion: Suggestion, reason: string) =>
    record((of) => gateway.reject(of, detail.value?.question ?? '', suggestion, reason), (_, seen) => {
      const key = `${seen.id} ${seen.question} ${suggestion.faq_id}#${suggestion.script_id}`
      rejected.value = new Set([...rejected.value, key])
      return {}
    })
  const isRejected = (suggestion: Suggestion): boolean =>
    rejected.value.has(`${detail.value?.id} ${detail.value?.question} ${suggestion.faq_id}#${suggestion.script_id}`)
  const sendRemedies = (trouble: Trouble, kinds: string[], client_id: string) =>
    record((of) => gateway.sendRemedies(of, trouble, kinds, client_id, detail.value?.version ?? 0), (sent, seen) => answered(sent.message, seen))
  const told = (sent: { message: DeskMessage }, seen: Detail): Partial<Detail> => {
    refreshSoon()
    return answered(sent.message, seen)
  }
  /** The customer is told in the same act; the order as it is now comes with the next read. */
  const changeOrder = (order: string, step: string, body: object) => record((of) => gateway.changeOrder(of, order, step, body, crypto.randomUUID()), told)
  const giveCoupon = (coupon: string) => record((of) => gateway.giveCoupon(of, coupon, crypto.randomUUID()), told)
  const asked = (approval: Approval, seen: Detail): Partial<Detail> => ({ approvals: [...(seen.approvals ?? []).filter(({ id }) => id !== approval.id), approval] })
  const askRemedy = (trouble: Trouble, remedy: string, reason: string) => record((of) => gateway.askRemedy(of, trouble, remedy, reason), asked)
  const askPrice = (product: string, price: string, reason: string) => record((of) => gateway.askPrice(of, product, price, reason), asked)
  const withdraw = (approval: Approval) => record(() => gateway.withdraw(approval.id), asked)
  function receiveApproval(approval: Approval): void {
    if (detail.value?.id === approval.conversation_id) change(asked(approval, detail.value))
  }
  const feedback = (department: Department, quote: string) => record((of) => gateway.feedback(of, department, quote), () => ({}))

  return {
    id, detail, messages, outgoing: outgoing.shown, error, isMissing, isBusy, isTyping, isMine, newFrom, waitFrom,
    open, refresh, receive, receiveRow, receiveNote, customerSaw, customerTypes, take, giveBack, close, transfer, say, sayPicture, again: outgoing.again, discard: outgoing.discard,
    addNote, addTag, removeTag, addPromise, settle, feedback, reject, isRejected, sendRemedies,
    changeOrder, giveCoupon, askRemedy, askPrice, withdraw, receiveApproval,
  }
}

export type Room = ReturnType<typeof createRoom>
