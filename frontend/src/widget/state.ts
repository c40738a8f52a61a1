/** What the view draws. */

import type { Message, Owner, Queue } from '@/common/messages'
import type { Marks } from './gateway'
import type { Pending } from './outbox'

export interface ConversationState {
  messages: Message[]
  pending: Pending[]
  owner: Owner
  agent: string | null
  queue: Queue | null
  marks: Marks
  isTyping: boolean
  isOffline: boolean
  isAskingHuman: boolean
  /** The end, or the bot, asks how it was. */
  wantsRating: boolean
  /** The first answer of the gateway is still awaited. */
  isLoading: boolean
  /** The last thing that went wrong outside a message. */
  notice: string | null
}

/** Before the first message, and when a token has died. */
export const NOTHING_SAID = { messages: [] as Message[], owner: 'bot' as Owner, agent: null, queue: null, marks: { delivered: 0, read: 0 } as Marks, isTyping: false, wantsRating: false }

export interface ConversationHooks {
  /** Somebody of the shop has said something new. */
  onNews?: (messages: Message[]) => void
  /** What is remembered was changed in another tab. */
  onOtherTab?: () => void
}

/** Whether she has said anything after message number `after`. */
export function hasSaidSince(messages: readonly Message[], after: number): boolean {
  return messages.some(({ sender, seq }) => sender === 'customer' && seq > after)
}
