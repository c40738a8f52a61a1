/**
 * What outlives the page: the token, the draft, and messages that have not been confirmed.
 * Kept apart for each gateway and customer, so that switching the account never shows another's chat.
 */

import type { Pending } from './outbox'

interface Saved {
  token?: string
  draft?: string
  /** When the pictures that are chosen changed last; they themselves are in `kept` (picturesKey). */
  picturedAt?: number
  pending?: Pending[]
  /** What the chat was about when she last said something (`subjectKey`). */
  saidAbout?: string
  /** The last message she has seen. */
  readTo?: number
  /** The last message when she rated or skipped: what was said before is not asked about again. */
  ratedAt?: number
}

export class Memory {
  readonly key: string

  constructor(server: string, customerId: string) {
    this.key = `xiaoer-chat:${server || 'here'}:${customerId || 'guest'}`
  }

  get picturesKey(): string {
    return `${this.key} chosen`
  }

  read(): Saved {
    try {
      const saved: unknown = JSON.parse(localStorage.getItem(this.key) ?? '{}')
      return typeof saved === 'object' && saved !== null ? (saved as Saved) : {}
    } catch {
      return {}
    }
  }

  write(change: Saved): void {
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...this.read(), ...change }))
    } catch {
      // storage is full or blocked: the chat works as long as the page is open
    }
  }
}
