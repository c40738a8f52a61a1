/** States that pass by themselves: the other side typing, a line that has gone quiet. */

import type { ConversationState } from './state'

/** A short gap in the line is nothing a customer should hear of. */
const OFFLINE_AFTER = 2_500

export class Passing {
  private offlineTimer: ReturnType<typeof setTimeout> | undefined
  private typingTimer: ReturnType<typeof setTimeout> | undefined
  private readonly state: () => ConversationState
  private readonly change: (change: Partial<ConversationState>) => void

  constructor(state: () => ConversationState, change: (change: Partial<ConversationState>) => void) {
    this.state = state
    this.change = change
  }

  typing(isTyping: boolean, lasts?: number): void {
    clearTimeout(this.typingTimer)
    if (isTyping && lasts) this.typingTimer = setTimeout(() => this.typing(false), lasts)
    if (this.state().isTyping !== isTyping) this.change({ isTyping })
  }

  offline(isOffline: boolean): void {
    clearTimeout(this.offlineTimer)
    if (!isOffline) {
      if (this.state().isOffline) this.change({ isOffline: false })
    } else if (!this.state().isOffline) {
      this.offlineTimer = setTimeout(() => this.change({ isOffline: true, isLoading: false }), navigator.onLine ? OFFLINE_AFTER : 0)
    }
  }

  stop(): void {
    clearTimeout(this.offlineTimer)
    clearTimeout(this.typingTimer)
  }
}
