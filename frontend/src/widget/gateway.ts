/** The gateway's customer side: one function a call, shapes as in the contract of the running system. */

import { request } from '@/common/api'
import type { Message, Owner, Queue } from '@/common/messages'
import { LiveSocket, socketUrl, type SocketState } from '@/common/socket'

export interface Context {
  product_id?: string
  order_id?: string
  page?: string
}

/** Sequence numbers up to which her messages have reached somebody at the desk and been read by her agent. */
export interface Marks {
  delivered: number
  read: number
}

/** An order of the signed customer; fields of the order card and what a list shows beside them. */
export interface OrderSummary {
  id: string
  state: string
  state_text: string
  amount: string
  placed_at: string
  lines: { name: string; variant: string; quantity: number; image?: string | null }[]
}

export interface Snapshot {
  owner: Owner
  /** Counts changes of the owner; what comes late with a smaller one is not true any more. */
  version?: number
  /** Display name of the agent who has the conversation. */
  agent?: string | null
  queue?: Queue | null
  marks?: Marks
  messages: Message[]
}

export interface Opened extends Snapshot {
  conversation_id: string
  token: string
}

/** With a payload it is a pressed button; its text is then only what the button said. */
export interface Outgoing {
  text: string
  payload?: string
  client_id: string
  /** The page she is on now. */
  context: Context
}

/** What the socket pushes. A part that is absent has not changed. */
export interface Pushed {
  messages: Message[]
  owner?: Owner
  version?: number
  agent?: string | null
  queue?: Queue | null
  marks?: Marks
  typing?: boolean
  wantsRating?: boolean
  /** Events were lost: fetch. */
  isStale: boolean
  /** The first word of a connection: whether what follows goes on where this page stopped. */
  recovered?: boolean
}

export interface LiveHandlers {
  /** Sequence number of the last message known without a gap. */
  after: () => number
  onOpen: () => void
  onPush: (event: Pushed) => void
  onState: (state: SocketState) => void
  onRefused: () => void
}

/** A turn may take the dialogue's whole time limit and then some. */
const TURN_TIMEOUT = 20_000

export class Gateway {
  private readonly base: string

  /** `base` is the gateway's origin, empty for the page's own. */
  constructor(base: string) {
    this.base = base
  }

  /** `customer` is what the shop signed, handed on unread. */
  open(customer: unknown, context: Context): Promise<Opened> {
    const body = customer ? { customer, context } : { context }
    return request('/api/chat/sessions', { body }, this.base)
  }

  send(token: string, { text, payload, ...rest }: Outgoing): Promise<Snapshot> {
    const body = payload === undefined ? { text, ...rest } : { payload, ...rest }
    return request('/api/chat/messages', { body, token, timeout: TURN_TIMEOUT }, this.base)
  }

  upload(token: string, image: Blob, clientId: string): Promise<Snapshot> {
    const form = new FormData()
    form.set('file', image, 'image.jpg')
    form.set('client_id', clientId)
    return request('/api/chat/attachments', { body: form, token, timeout: 60_000 }, this.base)
  }

  after(token: string, seq: number): Promise<Snapshot> {
    return request('/api/chat/messages', { query: { after: seq }, token }, this.base)
  }

  /** Newest first; none for a guest. */
  orders(token: string): Promise<{ is_known: boolean; orders: OrderSummary[] }> {
    return request('/api/chat/orders', { token }, this.base)
  }

  askHuman(token: string): Promise<Snapshot> {
    return request('/api/chat/human', { body: {}, token }, this.base)
  }

  /** This answer of the bot was no help: a person is asked for. */
  unhelpful(token: string, seq: number): Promise<Snapshot> {
    return request('/api/chat/unhelpful', { body: { seq }, token }, this.base)
  }

  leaveQueue(token: string): Promise<Snapshot> {
    return request('/api/chat/leave-queue', { body: {}, token }, this.base)
  }

  rate(token: string, score: number, comment: string): Promise<void> {
    return request('/api/chat/rating', { body: { score, comment }, token }, this.base)
  }

  live(token: string, handlers: LiveHandlers): LiveSocket {
    return new LiveSocket({
      url: () => socketUrl('/api/chat/ws', { token, after: handlers.after() }, this.base),
      onOpen: handlers.onOpen,
      onState: handlers.onState,
      onRefused: handlers.onRefused,
      onEvent: (event) => {
        const pushed = readPush(event)
        if (pushed) handlers.onPush(pushed)
      },
    })
  }
}

/** One pushed event, `{"type": "message"|"owner"|"queue"|"typing"|"marks"|"rating"|"resync"|"hello", …}`; null when it says nothing to us. */
export function readPush(event: unknown): Pushed | null {
  if (typeof event !== 'object' || event === null) return null
  const { type, message, owner, version, agent, queue, delivered, read } = event as { type?: string; message?: Message; owner?: Owner; version?: number; agent?: string | null; queue?: Queue | null } & Partial<Marks>
  const nothing: Pushed = { messages: [], isStale: false }
  switch (type) {
    case 'message':
      return message ? { ...nothing, messages: [message] } : null
    case 'owner':
      return { ...nothing, owner, version, agent: agent ?? null }
    case 'queue':
      return { ...nothing, queue: queue ?? null }
    case 'typing':
      return { ...nothing, typing: true }
    case 'marks':
      return { ...nothing, marks: { delivered: delivered ?? 0, read: read ?? 0 } }
    case 'rating':
      return { ...nothing, wantsRating: true }
    case 'resync':
      return { ...nothing, isStale: true }
    case 'hello':
      return { ...nothing, recovered: (event as { recovered?: boolean }).recovered !== false }
    default:
      return null
  }
}
