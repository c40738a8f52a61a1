/** Messages on their way: sent one after another, kept over a reload, sent again without doubling. */

import { ApiError, messageOf } from '@/common/api'
import { keep, kept } from '@/common/kept'
import type { Memory } from './memory'

/** Written here, not yet confirmed by the gateway. The client id makes sending again harmless. */
export interface Pending {
  clientId: string
  text: string
  payload?: string
  /** Kept beside the rest (`kept`): after a reload it may come a moment later than this. */
  image?: Blob
  isPicture?: boolean
  state: 'sending' | 'failed'
  reason?: string
  createdAt: string
}

/** Without a line, a waiting message is tried again after this. */
const AGAIN_AFTER = 3_000

export interface OutboxHandlers {
  /** Resolves when the gateway has stored the message. */
  deliver: (item: Pending) => Promise<void>
  /** The token has died; true when there was one, so that a new conversation may be tried. */
  onTokenDead: () => boolean
  onOffline: () => void
  onChange: () => void
}

export class Outbox {
  items: Pending[]
  private isDraining = false
  /** Already tried in a second conversation; never a third. */
  private readonly movedOn = new Set<string>()
  /** Resolves when the pictures of an earlier page are there. */
  private readonly restored: Promise<void>
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly memory: Memory
  private readonly handlers: OutboxHandlers

  constructor(memory: Memory, handlers: OutboxHandlers) {
    this.memory = memory
    this.handlers = handlers
    this.items = (memory.read().pending ?? []).map((item) => ({ ...item, state: 'sending' }))
    this.restored = this.restore()
  }

  add(content: { text: string; payload?: string; image?: Blob }): void {
    const clientId = newId()
    if (content.image) void keep(this.keyOf(clientId), content.image)
    this.change([...this.items, { ...content, isPicture: Boolean(content.image), clientId, state: 'sending', createdAt: new Date().toISOString() }])
    void this.drain()
  }

  retry(clientId?: string): void {
    const isMeant = (item: Pending): boolean => item.state === 'failed' && (!clientId || item.clientId === clientId)
    this.change(this.items.map((item) => (isMeant(item) ? { ...item, state: 'sending', reason: undefined } : item)))
    void this.drain()
  }

  /** Takes back a message that could not be sent. */
  discard(clientId: string): void {
    this.change(this.items.filter((item) => item.clientId !== clientId || item.state === 'sending'))
  }

  /** The gateway has these: they are in the transcript now. */
  settle(clientIds: ReadonlySet<string>): void {
    if (this.items.some((item) => clientIds.has(item.clientId))) {
      this.change(this.items.filter((item) => !clientIds.has(item.clientId)))
    }
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  /** The order of a customer's sentences is never changed. */
  async drain(): Promise<void> {
    if (this.isDraining) return
    this.isDraining = true
    clearTimeout(this.timer)
    try {
      await this.restored
      let next: Pending | undefined
      while ((next = this.items.find((item) => item.state === 'sending'))) {
        if (!(await this.sent(next))) break
      }
    } finally {
      this.isDraining = false
    }
  }

  /** True when the next one may follow. */
  private async sent(item: Pending): Promise<boolean> {
    try {
      if (item.isPicture && !item.image) throw new ApiError(410, '这台设备没能留住这张图片，请重新选一次')
      await this.handlers.deliver(item)
      this.settle(new Set([item.clientId]))
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401 && this.handlers.onTokenDead() && !this.movedOn.has(item.clientId)) {
        this.movedOn.add(item.clientId)
        return true
      }
      if (error.status === 0) return this.waitForLine(error)
      this.fail([item], error)
      return true
    }
  }

  /** Keeps trying quietly while the device says it is offline; otherwise the customer decides. */
  private waitForLine(error: ApiError): false {
    this.handlers.onOffline()
    if (navigator.onLine) this.fail(this.items.filter((item) => item.state === 'sending'), error)
    else this.timer = setTimeout(() => void this.drain(), AGAIN_AFTER)
    return false
  }

  private fail(items: Pending[], error: ApiError): void {
    const ids = new Set(items.map((item) => item.clientId))
    this.change(this.items.map((item) => (ids.has(item.clientId) ? { ...item, state: 'failed', reason: messageOf(error) } : item)))
  }

  private change(items: Pending[]): void {
    for (const { clientId, isPicture } of this.items) {
      if (isPicture && !items.some((item) => item.clientId === clientId)) void keep(this.keyOf(clientId), undefined)
    }
    this.items = items
    this.memory.write({ pending: items.map(({ image, ...item }) => item) })
    this.handlers.onChange()
  }

  private keyOf(clientId: string): string {
    return `${this.memory.key} ${clientId}`
  }

  /** Pictures that were under way when the page went. */
  private async restore(): Promise<void> {
    const missing = this.items.filter((item) => item.isPicture)
    if (!missing.length) return
    const found = new Map<string, Blob>()
    for (const { clientId } of missing) {
      const image = await kept<Blob>(this.keyOf(clientId))
      if (image) found.set(clientId, image)
    }
    this.change(this.items.map((item) => ({ ...item, image: item.image ?? found.get(item.clientId) })))
  }
}

function newId(): string {
  // randomUUID exists on secure pages only; a shop on http://192.168… is not one.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
