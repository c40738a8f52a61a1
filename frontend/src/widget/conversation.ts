/**
 * The customer's conversation: what is known, what is on its way, and what to do when the line is bad.
 * No DOM in here; the view redraws at `onChange`.
 */

import { ApiError, messageOf } from '@/common/api'
import { lastUnbroken, type ChatButton } from '@/common/messages'
import type { Context, Gateway, OrderSummary, Pushed, Snapshot } from './gateway'
import { Line } from './line'
import type { Memory } from './memory'
import { Outbox, type Pending } from './outbox'
import { Passing } from './passing'
import { NOTHING_SAID, changeBy, hasSaidSince, isBotAnswering, type ConversationHooks, type ConversationState } from './state'

const TYPING_LASTS = 6_000
const TOKEN_IS_DEAD = new Set([401, 403, 404])

export class Conversation {
  readonly state: ConversationState
  context: Context = {}
  /** Signed by the shop, handed on unread; null for a guest. */
  customer: unknown = null
  private token: string | null
  private opening: Promise<string> | null = null
  private line: Line | null = null
  private readTo = 0
  /** What was said before this page came is known; from now on an answer is news. */
  private hasCaughtUp = false
  private version = 0
  private readonly passing = new Passing(() => this.state, (change) => this.change(change))
  private readonly ended = new AbortController()
  private readonly outbox: Outbox
  private readonly gateway: Gateway
  private readonly memory: Memory
  private readonly onChange: () => void
  private readonly hooks: ConversationHooks

  constructor(gateway: Gateway, memory: Memory, onChange: () => void, hooks: ConversationHooks = {}) {
    this.gateway = gateway
    this.memory = memory
    this.onChange = onChange
    this.hooks = hooks
    this.token = memory.read().token ?? null
    this.outbox = new Outbox(memory, {
      deliver: (item) => this.deliver(item),
      onTokenDead: () => this.forgetToken(),
      // One request may fail on a good line: a second tells, and may find the message stored after all.
      onOffline: () => (this.token ? void this.fetchMissed() : this.passing.offline(true)),
      onChange: () => this.change({ pending: this.outbox.items }),
    })
    const isLoading = this.token !== null
    this.state = { ...NOTHING_SAID, pending: this.outbox.items, isOffline: false, isAskingHuman: false, isLoading, notice: null }
  }

  /** Picks up a chat that was begun earlier; one that was not costs no request. */
  start(): void {
    const { signal } = this.ended
    window.addEventListener('online', () => (void this.fetchMissed(), this.outbox.retry()), { signal })
    window.addEventListener('offline', () => this.passing.offline(true), { signal })
    window.addEventListener('storage', this.otherTab, { signal })
    if (this.token) this.connect()
    if (this.outbox.items.length) void this.outbox.drain()
  }

  stop(): void {
    this.ended.abort()
    this.disconnect()
    this.outbox.stop()
    this.passing.stop()
  }

  /** The customer looks at the chat for the first time: the bot says hello. */
  async greet(): Promise<void> {
    if (this.token || this.opening) return
    this.change({ isLoading: true })
    try {
      await this.openedToken()
    } catch (error) {
      if (error instanceof ApiError && error.status === 0) this.passing.offline(true)
      else this.change({ notice: messageOf(error) })
    }
    this.change({ isLoading: false })
  }

  say(text: string): void {
    if (text.trim()) this.outbox.add({ text: text.trim() })
  }

  press(button: ChatButton): void {
    this.outbox.add({ text: button.title, payload: button.payload })
  }

  sendImage(image: Blob): void {
    this.outbox.add({ text: '', image })
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId)
  }

  discard(clientId: string): void {
    this.outbox.discard(clientId)
  }

  /** `unhelpful`: the sequence number of an answer that was no help. */
  async askHuman(unhelpful?: number): Promise<void> {
    if (this.state.isAskingHuman) return
    this.change({ isAskingHuman: true })
    await this.act((token) => (unhelpful ? this.gateway.unhelpful(token, unhelpful) : this.gateway.askHuman(token)))
    this.change({ isAskingHuman: false })
  }

  async leaveQueue(): Promise<void> {
    await this.act((token) => this.gateway.leaveQueue(token))
  }

  /** A skipped rating (null) is remembered here and told to nobody. False when it could not be sent. */
  async rate(score: number | null, comment = ''): Promise<boolean> {
    if (score !== null && !(await this.act((token) => this.gateway.rate(token, score, comment)))) return false
    this.memory.write({ ratedAt: lastUnbroken(this.state.messages) })
    this.change({ wantsRating: false })
    return true
  }

  /** She is writing; people see it, the bot does not care. */
  typing(): void {
    if (this.state.owner === 'human' || this.state.owner === 'queued') this.line?.typing()
  }

  /** Her orders; opens the conversation when it was not. */
  async orders(): Promise<{ is_known: boolean; orders: OrderSummary[] }> {
    return this.gateway.orders(await this.openedToken())
  }

  /** She has the chat open and has read up to `seq`. */
  seen(seq: number): void {
    if (seq <= this.readTo) return
    this.readTo = seq
    this.line?.tellRead()
  }

  notify(notice: string | null): void {
    this.change({ notice })
  }

  private async deliver(item: Pending): Promise<void> {
    // The bot answers within the turn; people are seen typing through the socket.
    if (isBotAnswering(this.state) || this.state.owner === 'closed') this.passing.typing(true)
    try {
      const token = await this.openedToken()
      this.accept(
        item.image
          ? await this.gateway.upload(token, item.image, item.clientId)
          : await this.gateway.send(token, { text: item.text, payload: item.payload, client_id: item.clientId, context: this.context }),
      )
      this.lineIsGood()
    } finally {
      this.passing.typing(false)
    }
  }

  private async act(call: (token: string) => Promise<Snapshot | void>): Promise<boolean> {
    try {
      const snapshot = await call(await this.openedToken())
      if (snapshot?.owner) this.accept(snapshot)
      else await this.fetchMissed()
      this.change({ notice: null })
      return true
    } catch (error) {
      this.change({ notice: messageOf(error) })
      return false
    }
  }

  private openedToken(): Promise<string> {
    if (this.token) return Promise.resolve(this.token)
    this.opening ??= this.open().finally(() => (this.opening = null))
    return this.opening
  }

  private async open(): Promise<string> {
    const opened = await this.gateway.open(this.customer, this.context)
    this.token = opened.token
    this.memory.write({ token: opened.token, ratedAt: 0, readTo: 0 })
    this.accept(opened)
    this.hasCaughtUp = true
    this.connect()
    return opened.token
  }

  private connect(): void {
    if (this.line || !this.token) return
    this.line = new Line(this.gateway, this.token, {
      fetch: () => this.fetchMissed(),
      onPush: (event) => this.pushed(event),
      after: () => lastUnbroken(this.state.messages),
      readTo: () => this.readTo,
    })
    this.line.start()
    if (!this.state.messages.length) void this.fetchMissed()
  }

  private disconnect(): void {
    this.line?.stop()
    this.line = null
  }

  private async fetchMissed(): Promise<void> {
    const token = this.token
    if (!token) return
    try {
      const snapshot = await this.gateway.after(token, lastUnbroken(this.state.messages))
      if (token !== this.token) return
      this.accept(snapshot)
      this.hasCaughtUp = true
      this.lineIsGood()
    } catch (error) {
      if (!(error instanceof ApiError) || token !== this.token) return
      if (TOKEN_IS_DEAD.has(error.status)) this.forgetToken()
      else if (error.status === 0) this.passing.offline(true)
    }
  }

  /** The socket itself tells what was missed: when all pages come back at once, none of them asks for it. */
  private greeted(hasRecovered: boolean): void {
    if (hasRecovered && this.hasCaughtUp) return this.lineIsGood()
    if (!hasRecovered) {
      // The shop remembers less than this page, as after a restored backup: what it remembers is what holds.
      this.forgetReading()
      this.change({ ...NOTHING_SAID })
    }
    void this.fetchMissed()
  }

  private pushed(event: Pushed): void {
    if (event.recovered !== undefined) return this.greeted(event.recovered)
    if (event.typing !== undefined) this.passing.typing(event.typing, TYPING_LASTS)
    if (event.messages.some((message) => message.sender !== 'customer')) this.passing.typing(false)
    if (event.wantsRating) this.change({ wantsRating: true })
    this.accept(event)
    const { messages } = this.state
    const hasHole = messages.length > 0 && lastUnbroken(messages) < messages[messages.length - 1].seq
    if (event.isStale || hasHole) void this.fetchMissed()
  }

  private accept(news: Partial<Snapshot>): void {
    const last = this.state.messages[this.state.messages.length - 1]?.seq ?? 0
    const fresh = (news.messages ?? []).filter((message) => message.seq > last && message.sender !== 'customer')
    // An answer that was long under way may tell of an owner who has changed since.
    const isLate = (news.version ?? this.version) < this.version
    this.version = Math.max(this.version, news.version ?? 0)
    const ratedAt = this.memory.read().ratedAt ?? 0
    this.change(changeBy(isLate ? { messages: news.messages, marks: news.marks } : news, this.state, ratedAt))
    if (fresh.length && this.hasCaughtUp) this.hooks.onNews?.(fresh)
    this.outbox.settle(new Set((news.messages ?? []).map((message) => message.client_id ?? '')))
  }

  private forgetToken(): boolean {
    const hadToken = this.token !== null
    this.disconnect()
    this.token = null
    this.forgetReading()
    this.memory.write({ token: undefined })
    this.change({ ...NOTHING_SAID, isLoading: false })
    return hadToken
  }

  /** What could not be sent while the line was away goes out by itself. */
  private lineIsGood(): void {
    const { isOffline } = this.state
    this.passing.offline(false)
    if (isOffline) this.outbox.retry()
  }

  private forgetReading(): void {
    this.readTo = 0
    this.hasCaughtUp = false
    this.version = 0
  }

  /** Another tab began or lost the chat, read it or rated it: this one follows. */
  private readonly otherTab = (event: StorageEvent): void => {
    if (event.key !== this.memory.key) return
    const { token = null, ratedAt = 0 } = this.memory.read()
    this.hooks.onOtherTab?.()
    if (token === this.token) {
      return this.change({ wantsRating: this.state.wantsRating && hasSaidSince(this.state.messages, ratedAt) })
    }
    this.forgetReading()
    this.disconnect()
    this.token = token
    this.change({ ...NOTHING_SAID })
    this.connect()
  }

  private change(change: Partial<ConversationState>): void {
    Object.assign(this.state, change)
    this.onChange()
  }
}
