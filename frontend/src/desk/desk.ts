/** The desk as one: lists, the open conversation, the line to the gateway, the alarm. */

import { computed, inject, onMounted, onUnmounted, provide, ref, watch, type InjectionKey } from 'vue'
import { expire, noticeExpiry, type Me } from '@/common/account'
import { messageOf } from '@/common/api'
import { LiveSocket, socketUrl, type SocketState } from '@/common/socket'
import { toast } from '@/common/toast'
import { createApprovals, verdict } from './approvals'
import { Chime, isMuted, setMuted, titleFor } from './alarm'
import { createDaily } from './daily'
import { Drafts } from './drafts'
import { createDuty, ringDelay } from './duty'
import { createFinder } from './finder'
import { gateway } from './gateway'
import { createLists } from './lists'
import { customerName, type Approval, type DeskMessage, type ListedJson, type Note, type Presence, type Words } from './model'
import { createPhrases } from './phrase-list'
import { createRoom } from './room'
import { Trays } from './tray'
import { USUAL } from './waiting'
import { createWatching, TELL_EVERY, type Look } from './watching'

type DeskEvent =
  | { type: 'conversation'; conversation: ListedJson }
  | { type: 'message'; conversation_id: string; message: DeskMessage }
  | { type: 'note'; conversation_id: string; note: Note }
  | { type: 'typing'; conversation_id: string; who: string }
  | { type: 'seen'; conversation_id: string; seq: number }
  | { type: 'approval'; approval: Approval }
  | { type: 'duty'; username: string; presence: Presence }
  | ({ type: 'look' } & Look)
  | { type: 'resync' | 'hello' | 'pong' }

const TYPING_EVERY = 2_000
/** The day's list changes slowly; it is also read when it is opened. */
const DAILY_EVERY = 5 * 60_000

export function createDesk(me: Me) {
  const now = ref(Date.now())
  const words = ref<Words | null>(null)
  const line = ref<SocketState>('connecting')
  const muted = ref(isMuted())
  const drafts = new Drafts()
  const trays = new Trays((sentence) => toast(sentence, 'bad'))
  const chime = new Chime()
  const onError = (error: unknown, isTold = false): void => {
    if (!noticeExpiry(error) && !isTold) toast(messageOf(error), 'bad')
  }
  const lists = createLists(gateway, me.username)
  const room = createRoom(gateway, me.username, { onConflict: (text) => toast(text, 'conflict'), onError })
  const daily = createDaily(gateway, { onError: (error) => onError(error) })
  const phrases = createPhrases(gateway)
  const isApprovalOpen = ref(false)
  const approvals = createApprovals(gateway, me, {
    onError: (error) => onError(error),
    onAsked: (approval) => {
      ring()
      toast(`${approval.asked_by_name}请您批：${approval.title}`, 'plain', { title: '去批（A）', run: () => (isApprovalOpen.value = true) })
    },
    onDecided: (approval) => {
      ring()
      toast(`${verdict(approval)}（${approval.title}）`, approval.state === 'approved' ? 'good' : 'conflict')
    },
  })
  const finder = createFinder(gateway, me.username)
  const load = computed(() => lists.lists.mine.length)
  const duty = createDuty(gateway, load, (error) => onError(error))
  const limits = computed(() => words.value?.first_reply ?? USUAL)
  const mineWaiting = computed(() => lists.lists.mine.filter((row) => row.waitingFrom !== null).length)
  /** Agents move what they hold, a supervisor moves anybody's. */
  const mayMove = computed(() => room.isMine.value || (me.role === 'supervisor' && room.detail.value?.owner === 'human'))
  /** The remedy board of the open conversation; there is none without an order. */
  const isBoardOpen = ref(false)
  /** A supervisor may step into a colleague's conversation. */
  const mayStepIn = computed(() => mayMove.value && !room.isMine.value)
  let typedAt = 0
  let wasDown = false
  let toldSeen = ''

  const socket = new LiveSocket({
    url: () => socketUrl('/api/desk/ws', {}),
    onOpen: () => void catchUp(),
    onEvent: (event) => receive(event as DeskEvent),
    onState: (state) => (line.value = state),
    onRefused: expire,
  })

  const watching = createWatching(me.username, room.id, now, (frame) => socket.send(frame))

  /** Register, fetch, apply: the socket is open before the lists are read. */
  async function catchUp(): Promise<void> {
    try {
      watching.tell(true)
      await Promise.all([lists.load(), room.refresh(), duty.read(), approvals.load()])
      if (wasDown) toast('已重新连上，列表和对话都是最新的', 'good')
      wasDown = false
    } catch (error) {
      noticeExpiry(error)
    }
  }

  function receive(event: DeskEvent): void {
    if (event.type === 'resync') void catchUp()
    else if (event.type === 'typing' && event.who === 'customer') room.customerTypes(event.conversation_id)
    else if (event.type === 'seen') room.customerSaw(event.conversation_id, event.seq)
    else if (event.type === 'approval') {
      approvals.hear(event.approval)
      room.receiveApproval(event.approval)
    } else if (event.type === 'look') watching.hear(event)
    else if (event.type === 'duty') event.username === me.username && (duty.presence.value = event.presence)
    else if (event.type === 'note') hear(event.conversation_id, event.note)
    else if (event.type === 'message') {
      if (event.message.sender === 'customer') announce(event.conversation_id)
      room.receive(event.conversation_id, event.message, document.visibilityState === 'visible' && document.hasFocus())
    } else if (event.type === 'conversation') {
      const known = lists.rows.get(event.conversation.id)
      if (event.conversation.owner === 'queued' && known?.owner !== 'queued') ringFor(event.conversation)
      if (known?.owner === 'human' && known.agent !== me.username && event.conversation.agent === me.username) welcome(event.conversation)
      lists.apply(event.conversation)
      room.receiveRow(event.conversation)
    }
  }

  /** At once, or when the colleague who knows her has had her seconds; not for who rests or has full hands. */
  function ringFor({ id, offer }: ListedJson): void {
    const delay = ringDelay(offer, me.username, duty.isFree.value)
    if (delay === 0) ring()
    else if (delay) setTimeout(() => lists.rows.get(id)?.owner === 'queued' && duty.isFree.value && ring(), delay)
  }

  /** A colleague has handed over one of hers; I stepped in myself where I am just doing it. */
  function welcome({ id, customer }: ListedJson): void {
    if (room.isBusy.value && room.id.value === id) return
    ring()
    toast(`同事把${customerName(customer)}转给了您`, 'plain', { title: '去看', run: () => (window.location.hash = encodeURIComponent(id)) })
  }

  /** My customer has written while I was looking elsewhere. */
  function announce(id: string): void {
    const row = lists.rows.get(id)
    const isOnScreen = id === room.id.value && document.visibilityState === 'visible'
    if (row?.owner === 'human' && row.agent === me.username && !isOnScreen) ring()
  }

  /** A colleague's note; about a customer of mine it is a whisper, told wherever I am looking. */
  function hear(id: string, note: Note): void {
    room.receiveNote(id, note)
    const row = lists.rows.get(id)
    if (note.author === me.name || row?.owner !== 'human' || row.agent !== me.username) return
    toast(`${note.author}悄悄说（${customerName(row.customer)}）：${note.text}`, 'plain')
  }

  function ring(): void {
    if (!muted.value) chime.ring()
  }

  function mute(value: boolean): void {
    muted.value = value
    setMuted(value)
  }

  function types(): void {
    if (!room.isMine.value || Date.now() - typedAt < TYPING_EVERY) return
    typedAt = Date.now()
    socket.send({ type: 'typing', conversation_id: room.id.value })
  }

  /** The customer is told that her words were read: only by who has the chat, and only while it is on the screen. */
  function tellSeen(): void {
    const seq = room.messages.value.at(-1)?.seq
    if (!seq || !room.isMine.value || document.visibilityState !== 'visible') return
    const upTo = `${room.id.value} ${seq}`
    if (upTo !== toldSeen && socket.send({ type: 'seen', conversation_id: room.id.value, seq })) toldSeen = upTo
  }

  function openBoard(): void {
    if (room.detail.value?.orders.length) isBoardOpen.value = true
    else if (room.detail.value) toast('这位客户没有可看的订单，方案台用不上')
  }

  async function readWords(): Promise<void> {
    try {
      words.value = await gateway.words()
    } catch (error) {
      noticeExpiry(error) // ids are shown until the next visit
    }
  }

  watch(room.id, () => {
    isBoardOpen.value = false
    watching.tell(true)
  })
  watch(line, (state) => (wasDown ||= state === 'waiting'))
  watch([() => lists.lists.queued.length, mineWaiting], ([queued, mine]) => (document.title = titleFor(queued, mine)))

  watch([room.messages, room.isMine, line], tellSeen)

  let ticking: ReturnType<typeof setInterval> | undefined
  let rereading: ReturnType<typeof setInterval> | undefined
  let telling: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    ticking = setInterval(() => (now.value = Date.now()), 1000)
    chime.arm()
    void readWords()
    void daily.load()
    void phrases.load()
    rereading = setInterval(() => void daily.load(), DAILY_EVERY)
    telling = setInterval(() => watching.tell(), TELL_EVERY)
    lists.load().catch(noticeExpiry) // the page is of use even where sockets are blocked
    document.addEventListener('visibilitychange', tellSeen)
    socket.start()
  })
  onUnmounted(() => {
    clearInterval(ticking)
    clearInterval(rereading)
    clearInterval(telling)
    document.removeEventListener('visibilitychange', tellSeen)
    socket.stop()
  })

  const intentName = (intent?: string): string => words.value?.intents[intent ?? ''] ?? intent ?? ''
  const reasonName = (reason?: string | null): string => words.value?.reasons[reason ?? ''] ?? reason ?? ''
  const levelName = (level?: string): string => words.value?.levels[level ?? ''] ?? level ?? ''

  return { me, now, words, line, muted, drafts, trays, duty, watching, approvals, isApprovalOpen, lists, room, daily, phrases, finder, isBoardOpen, openBoard, limits, mineWaiting, mayMove, mayStepIn, mute, types, catchUp, onError, intentName, reasonName, levelName }
}

export type DeskState = ReturnType<typeof createDesk>
export const DESK: InjectionKey<DeskState> = Symbol('desk')

export function provideDesk(me: Me): DeskState {
  const desk = createDesk(me)
  provide(DESK, desk)
  return desk
}

export function useDesk(): DeskState {
  const desk = inject(DESK)
  if (!desk) throw new Error('useDesk outside of the desk')
  return desk
}
