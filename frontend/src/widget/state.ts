/** What the view draws. */

import { mergeMessages, type Message, type Owner, type Queue } from '@/common/messages'
import type { Marks, Snapshot } from './gateway'
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

/** Who waits while nobody is on duty is still answered by the bot. */
export function isBotAnswering({ owner, queue }: Pick<ConversationState, 'owner' | 'queue'>): boolean {
  return owner === 'bot' || (owner === 'queued' && queue?.agents_online === 0)
}

/** Whether she has said anything after message number `after`. */
export function hasSaidSince(messages: readonly Message[], after: number): boolean {
  return messages.some(({ sender, seq }) => sender === 'customer' && seq > after)
}

/** What the gateway's news changes. At the end she is asked how it was, if she has said anything since she was last asked. */
export function changeBy(news: Partial<Snapshot>, known: ConversationState, ratedAt: number): Partial<ConversationState> {
  const change: Partial<ConversationState> = { isLoading: false }
  if (news.messages?.length) change.messages = mergeMessages(known.messages, news.messages)
  if (news.marks) change.marks = news.marks
  if (news.queue !== undefined) change.queue = news.queue
  if (news.agent !== undefined) change.agent = news.agent
  if (!news.owner || news.owner === known.owner) return change
  change.owner = news.owner
  change.wantsRating = news.owner === 'closed' && hasSaidSince(change.messages ?? known.messages, ratedAt)
  if (news.owner !== 'queued') change.queue = null
  return change
}
