/**
 * A WebSocket that comes back. At every (re)connection the caller fetches what it missed in `onOpen`
 * and then applies pushed events: register, fetch, apply.
 */

export type SocketState = 'connecting' | 'open' | 'waiting' | 'stopped'

export interface SocketOptions {
  /** Called at each attempt, so that it can carry the last sequence number seen. */
  url: () => string
  onOpen?: () => void
  onEvent: (event: unknown) => void
  onState?: (state: SocketState) => void
  /** The gateway refused the token (close code 4401 or 4403, 1008); no further attempt is made. */
  onRefused?: () => void
}

const FIRST_DELAY = 500
const LONGEST_DELAY = 20_000
/** After so much silence the other end is asked for a sign of life; without one the line is given up. */
const SILENCE = 25_000
const SIGN_OF_LIFE = 6_000
const REFUSED = new Set([1008, 4401, 4403])

/** Milliseconds before attempt `n` (0 = first retry): doubling, with up to 50 % taken off so that clients spread out. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt)
  return Math.round(full * (1 - random() / 2))
}

export class LiveSocket {
  private socket: WebSocket | null = null
  private attempt = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private pulse: ReturnType<typeof setTimeout> | undefined
  private current: SocketState = 'stopped'
  private readonly options: SocketOptions

  constructor(options: SocketOptions) {
    this.options = options
  }

  get state(): SocketState {
    return this.current
  }

  start(): void {
    if (this.current !== 'stopped') return
    window.addEventListener('online', this.wake)
    document.addEventListener('visibilitychange', this.wake)
    this.connect()
  }

  stop(): void {
    window.removeEventListener('online', this.wake)
    document.removeEventListener('visibilitychange', this.wake)
    clearTimeout(this.timer)
    clearTimeout(this.pulse)
    this.move('stopped')
    this.socket?.close()
    this.socket = null
  }

  /** False when there is no connection; nothing is queued, HTTP carries what must arrive. */
  send(event: unknown): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(event))
    return true
  }

  /** A laptop that slept believes in a line that has long been dead: it is asked, not trusted. */
  private readonly wake = (): void => {
    if (document.visibilityState === 'hidden') return
    if (this.current === 'open') this.probe()
    else if (this.current === 'waiting') {
      clearTimeout(this.timer)
      this.attempt = 0
      this.connect()
    }
  }

  private connect(): void {
    this.move('connecting')
    const socket = new WebSocket(this.options.url())
    this.socket = socket
    socket.onopen = () => {
      this.attempt = 0
      this.move('open')
      this.listen()
      this.options.onOpen?.()
    }
    socket.onmessage = (message) => {
      this.listen()
      this.receive(message.data)
    }
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code)
    }
  }

  private listen(): void {
    clearTimeout(this.pulse)
    this.pulse = setTimeout(() => this.probe(), SILENCE)
  }

  private probe(): void {
    clearTimeout(this.pulse)
    this.send({ type: 'ping' })
    this.pulse = setTimeout(() => this.giveUp(), SIGN_OF_LIFE)
  }

  /** Without waiting for the browser to notice. */
  private giveUp(): void {
    const dead = this.socket
    this.socket = null
    dead?.close()
    this.connect()
  }

  private receive(data: unknown): void {
    let event: unknown
    try {
      event = JSON.parse(String(data))
    } catch {
      return // not ours: the next fetch brings whatever was lost
    }
    this.options.onEvent(event)
  }

  private closed(code: number): void {
    this.socket = null
    clearTimeout(this.pulse)
    if (this.current === 'stopped') return
    if (REFUSED.has(code)) {
      this.stop()
      this.options.onRefused?.()
      return
    }
    this.move('waiting')
    this.timer = setTimeout(() => this.connect(), retryDelay(this.attempt++))
  }

  private move(state: SocketState): void {
    if (state === this.current) return
    this.current = state
    this.options.onState?.(state)
  }
}

/** `ws(s)://` address for a path of the gateway. `base` as in `request`. */
export function socketUrl(path: string, query: Record<string, string | number>, base = ''): string {
  const url = new URL(path, base || window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.toString()
}
