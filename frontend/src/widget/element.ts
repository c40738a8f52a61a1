/** `<xiaoer-chat>`: launcher, panel and the conversation behind them, styles closed off in a shadow root. */

import { Attention } from './attention'
import { palette } from './color'
import { Conversation } from './conversation'
import { h, icon, setAttribute } from './dom'
import { Gateway } from './gateway'
import type { Message } from '@/common/messages'
import { ATTRIBUTES, readLooks, type Looks } from './looks'
import { Memory } from './memory'
import css from './styles.css?inline'
import { Composer } from './view/composer'
import { acceptDrops } from './view/drop'
import { Panel } from './view/panel'

/** The origin this script came from: the gateway, unless the attribute `server` says otherwise. */
const SCRIPT_ORIGIN = document.currentScript instanceof HTMLScriptElement && document.currentScript.src ? new URL(document.currentScript.src).origin : location.origin

const ORDERS_QUESTION = '查一下我的订单'
const UNDER_PHONE_WIDTH = '(max-width: 520px)'

export class XiaoerChat extends HTMLElement {
  static readonly observedAttributes = [...ATTRIBUTES]

  private readonly launcher = h('button', { class: 'launcher', attrs: { type: 'button', 'aria-haspopup': 'dialog', part: 'launcher', 'data-testid': 'launcher' } })
  private readonly unread = h('span', { class: 'unread', attrs: { hidden: true, 'data-testid': 'unread' } })
  private readonly attention = new Attention()
  private readonly composer: Composer
  private readonly panel: Panel
  private readonly systemDark = matchMedia('(prefers-color-scheme: dark)')
  private conversation: Conversation | null = null
  private memory: Memory | null = null
  private looks: Looks | null = null
  private isOpen = false
  private isStale = false
  private lastRead = 0
  private returnTo: Element | null = null

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
    this.composer = new Composer({
      say: (text) => this.conversation?.say(text),
      sendImage: (image) => this.conversation?.sendImage(image),
      askHuman: () => void this.conversation?.askHuman(),
      showOrders: () => this.conversation?.say(ORDERS_QUESTION),
      complain: (sentence) => this.conversation?.notify(sentence),
      draft: (draft) => {
        this.memory?.write({ draft: draft || undefined })
        if (draft) this.conversation?.typing()
      },
    })
    this.panel = new Panel(this.composer, {
      base: () => this.looks?.base || location.origin,
      press: (button) => this.conversation?.press(button),
      say: (text) => this.conversation?.say(text),
      retry: (id) => this.conversation?.retry(id),
      discard: (id) => this.conversation?.discard(id),
      close: () => this.close(),
      leaveQueue: () => void this.conversation?.leaveQueue(),
      rate: async (score, comment) => (await this.conversation?.rate(score, comment)) ?? false,
      dismiss: () => this.conversation?.notify(null),
    })
    acceptDrops(this.panel.element, (files) => this.composer.addPictures(files))
    this.launcher.addEventListener('click', () => this.open())
    this.panel.element.addEventListener('keydown', (event) => this.key(event))
    root.append(this.launcher, this.panel.element)
  }

  connectedCallback(): void {
    this.systemDark.addEventListener('change', this.paint)
    document.addEventListener('click', this.openLink)
    document.addEventListener('visibilitychange', this.looked)
    window.visualViewport?.addEventListener('resize', this.fitKeyboard)
    this.refresh()
  }

  disconnectedCallback(): void {
    this.systemDark.removeEventListener('change', this.paint)
    document.removeEventListener('click', this.openLink)
    document.removeEventListener('visibilitychange', this.looked)
    this.attention.stop()
    window.visualViewport?.removeEventListener('resize', this.fitKeyboard)
    this.conversation?.stop()
    this.conversation = null
  }

  /** Attributes change together; one redraw is enough. */
  attributeChangedCallback(): void {
    if (this.isStale || !this.isConnected) return
    this.isStale = true
    queueMicrotask(() => this.isConnected && this.refresh())
  }

  open(): void {
    if (this.isOpen) return
    this.attention.arm()
    this.returnTo = document.activeElement
    this.isOpen = true
    this.panel.element.hidden = false
    this.launcher.hidden = true
    const isPhone = matchMedia(UNDER_PHONE_WIDTH).matches
    setAttribute(this.panel.element, 'aria-modal', isPhone ? 'true' : null)
    void this.conversation?.greet()
    this.update()
    this.composer.fit()
    this.panel.toEnd()
    // On a phone the keyboard would cover what the bot says.
    if (isPhone) this.panel.element.focus()
    else this.composer.input.focus()
    this.dispatchEvent(new CustomEvent('xiaoer-open', { bubbles: true }))
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.panel.element.hidden = true
    this.launcher.hidden = false
    const isOutside = this.returnTo instanceof HTMLElement && this.returnTo.isConnected && this.returnTo !== document.body && this.returnTo !== this
    ;(isOutside ? (this.returnTo as HTMLElement) : this.launcher).focus()
    this.dispatchEvent(new CustomEvent('xiaoer-close', { bubbles: true }))
  }

  private refresh(): void {
    this.isStale = false
    this.looks = readLooks(this, SCRIPT_ORIGIN)
    const memory = new Memory(this.looks.base === location.origin ? '' : this.looks.base, this.looks.customerId)
    if (memory.key !== this.memory?.key || !this.conversation) this.meet(memory, this.looks)
    const conversation = this.conversation as Conversation
    conversation.context = this.looks.context
    conversation.customer = this.looks.customer
    this.paint()
    this.launcher.replaceChildren(icon('chat'), h('span', { class: 'label' }, this.looks.label), this.unread)
    this.panel.dress(this.looks)
    this.update()
  }

  /** Another customer, another conversation. */
  private meet(memory: Memory, looks: Looks): void {
    this.conversation?.stop()
    this.memory = memory
    this.lastRead = memory.read().readTo ?? 0
    this.conversation = new Conversation(new Gateway(looks.base === location.origin ? '' : looks.base), memory, () => this.update(), {
      onNews: (messages) => this.announce(messages),
      onOtherTab: () => this.followOtherTab(),
    })
    this.conversation.context = looks.context
    this.conversation.customer = looks.customer
    this.composer.show(memory.read().draft ?? '')
    this.conversation.start()
    if (this.isOpen) void this.conversation.greet()
  }

  private update(): void {
    if (!this.conversation) return
    const { state } = this.conversation
    this.countUnread(state.messages)
    if (this.isOpen) this.panel.update(state)
  }

  /** What came while the panel was shut, also before this page was opened. */
  private countUnread(messages: readonly { seq: number; sender: string }[]): void {
    const last = messages[messages.length - 1]?.seq ?? 0
    if (this.isLooking && last !== this.lastRead) {
      this.lastRead = last
      this.memory?.write({ readTo: last })
    }
    if (this.isLooking) this.conversation?.seen(last)
    const count = messages.filter((message) => message.seq > this.lastRead && message.sender !== 'customer').length
    this.unread.hidden = count === 0
    this.unread.textContent = count > 99 ? '99+' : String(count)
    this.attention.show(count)
    this.launcher.setAttribute('aria-label', `${this.looks?.label ?? ''}${count ? `，${count} 条新消息` : ''}`)
  }

  /** The chat is before her eyes: open, and the page in front. */
  private get isLooking(): boolean {
    return this.isOpen && document.visibilityState === 'visible'
  }

  private readonly looked = (): void => this.update()

  /** What the shop says on its own, after the chat, makes no noise. */
  private announce(messages: readonly Message[]): void {
    const isNews = messages.some(({ sender, kind }) => sender !== 'system' && kind !== 'follow_up')
    if (isNews && !this.isLooking) this.attention.ring(() => this.attention.isShown)
  }

  /** Read there is read here; a draft is taken over where nobody is writing. */
  private followOtherTab(): void {
    const { readTo = 0, draft = '' } = this.memory?.read() ?? {}
    this.lastRead = readTo
    if (this.shadowRoot?.activeElement !== this.composer.input || document.visibilityState !== 'visible') this.composer.show(draft)
  }

  private readonly paint = (): void => {
    if (!this.looks) return
    const isDark = this.looks.theme === 'dark' || (this.looks.theme === 'auto' && this.systemDark.matches)
    this.toggleAttribute('data-dark', isDark)
    const colors = palette(this.looks.color, isDark)
    const names = { brand: colors.brand, fill: colors.fill, 'on-fill': colors.onFill, text: colors.text, soft: colors.soft, 'brand-line': colors.line }
    for (const [name, value] of Object.entries(names)) this.style.setProperty(`--${name}`, value)
  }

  /** Any element of the shop's page with `data-xiaoer-open` opens the chat. */
  private readonly openLink = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('[data-xiaoer-open]')) this.open()
  }

  /** Phones lay the keyboard over the page: the panel ends where the keyboard begins. */
  private readonly fitKeyboard = (): void => {
    const view = window.visualViewport
    if (!view) return
    this.style.setProperty('--keyboard', `${Math.max(0, window.innerHeight - view.height - view.offsetTop)}px`)
    this.panel.toEnd()
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation()
      this.close()
    } else if (event.key === 'Tab' && this.panel.element.getAttribute('aria-modal')) {
      this.keepFocus(event)
    }
  }

  /** At full screen, Tab goes round within the panel. */
  private keepFocus(event: KeyboardEvent): void {
    const all = [...this.panel.element.querySelectorAll<HTMLElement>('button, textarea, input, a[href], [tabindex="0"]')]
    const reachable = all.filter((element) => !element.hasAttribute('disabled') && element.tabIndex >= 0 && element.offsetParent !== null)
    const [first, last] = [reachable[0], reachable[reachable.length - 1]]
    const active = this.shadowRoot?.activeElement
    if (event.shiftKey ? active === first || active === this.panel.element : active === last) {
      event.preventDefault()
      ;(event.shiftKey ? last : first)?.focus()
    }
  }
}
