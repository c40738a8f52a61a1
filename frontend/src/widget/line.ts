/** The way messages arrive: a socket; while it is away, asking every few seconds. */

import type { LiveSocket, SocketState } from '@/common/socket'
import type { Gateway, Pushed } from './gateway'

const ASK_EVERY = 4_000
const TELL_TYPING_EVERY = 2_500
const ASK_SLOWEST = 15_000

export interface LineHandlers {
  /** Fetches what was missed; called while there is no connection. */
  fetch: () => Promise<void>
  onPush: (event: Pushed) => void
  /** Sequence number of the last message known without a gap. */
  after: () => number
  /** Sequence number of the last message she has read, 0 for none. */
  readTo: () => number
}

export class Line {
  private readonly socket: LiveSocket
  private readonly handlers: LineHandlers
  private toldTyping = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(gateway: Gateway, token: string, handlers: LineHandlers) {
    this.handlers = handlers
    this.socket = gateway.live(token, {
      after: handlers.after,
      onOpen: () => this.tellRead(),
      onPush: handlers.onPush,
      onState: (state) => this.moved(state),
      onRefused: () => void handlers.fetch(),
    })
  }

  start(): void {
    this.socket.start()
  }

  stop(): void {
    this.socket.stop()
    clearTimeout(this.timer)
  }

  /** The desk sees that she writes. Not worth a request when there is no socket. */
  typing(): void {
    if (Date.now() - this.toldTyping < TELL_TYPING_EVERY) return
    this.toldTyping = Date.now()
    this.socket.send({ type: 'typing' })
  }

  /** The desk sees what she has read; told again at every connection. */
  tellRead(): void {
    const seq = this.handlers.readTo()
    if (seq) this.socket.send({ type: 'seen', seq })
  }

  private moved(state: SocketState): void {
    if (state === 'open' || state === 'stopped') {
      clearTimeout(this.timer)
      this.timer = undefined
    } else if (this.timer === undefined) {
      this.ask(ASK_EVERY)
    }
  }

  /** A little less often each time. */
  private ask(delay: number): void {
    const timer = setTimeout(async () => {
      await this.handlers.fetch()
      if (this.timer === timer) this.ask(Math.min(delay * 1.3, ASK_SLOWEST))
    }, delay)
    this.timer = timer
  }
}
