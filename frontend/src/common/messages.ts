/** Shapes of the gateway's messages and the merging of several sources into one transcript. */

export type Sender = 'customer' | 'bot' | 'agent' | 'system'
export type Owner = 'bot' | 'queued' | 'human' | 'closed'

export interface ChatButton {
  title: string
  payload: string
}

export interface Message {
  /** Position in the conversation, from 1; the order of the transcript. */
  seq: number
  id: string
  sender: Sender
  author?: string | null
  text: string
  buttons?: ChatButton[]
  card?: Card | null
  image?: string | null
  created_at: string
  client_id?: string | null
  /** `follow_up`: said by the shop on its own, after the chat. */
  kind?: 'message' | 'follow_up'
}

/** A card's fields are listed in docs/architecture.md; a page shows the types it knows. */
export interface Card {
  type: string
  [field: string]: unknown
}

export interface Queue {
  position: number
  /** Null while no agent is there. */
  eta_seconds: number | null
  agents_online?: number
}

/** Both lists in one, ordered by `seq`, each message once; a later copy of a message replaces the earlier one. */
export function mergeMessages<T extends { seq: number }>(known: readonly T[], incoming: readonly T[]): T[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of incoming) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** The highest `n` for which 1…n are all known: where a resume has to start, so that a hole is never skipped. */
export function lastUnbroken(messages: readonly { seq: number }[]): number {
  let last = messages.length ? messages[0].seq - 1 : 0
  for (const { seq } of messages) {
    if (seq !== last + 1) break
    last = seq
  }
  return last
}
