/** `<xiaoer-chat>`: launcher, panel and the conversation behind them, styles closed off in a shadow root. */

import type { Message } from '@/common/messages'
import { Attention } from './attention'
import { palette } from './color'
import { Conversation } from './conversation'
import { h, icon, setAttribute } from './dom'
import { keepFocus } from './focus'
import { Gateway } from './gateway'
import { chatAsText, fileName, save } from './keepsake'
import { ATTRIBUTES, readLooks, type Looks } from './looks'
import { Memory } from './memory'
import { prefer, preferences } from './preferences'
import { rememberViewed, viewed } from './recent'
import { about, subjectKey, type Subject } from './subject'
import css from './styles'
import { Composer } from './view/composer'
import { acceptDrops } from './view/drop'
import { Panel } from './view/panel'

/** The origin this script came from: the gateway, unless the attribute `server` says otherwise. */
const SCRIPT_ORIGIN = document.currentScript instanceof HTMLScriptElement && document.currentScript.src ? new URL(document.currentScript.src).origin : location.origin

/** A phone, upright or on its side: the chat takes the whole screen (styles/adapt.css). */
const ON_PHONE = '(max-width: 520px), (max-height: 480px)'

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
  /** Chosen by her in the chat; what the page shows next takes its place. */
  private subject: Subject | null = null
  private pageKey = ''
  private isOpen = false
  private isStale = false
  private lastRead = 0
  private picturedAt = 0
  private returnTo: Element | null = null

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
    this.composer = new Composer({
      say: (text) => this.speak(() => this.conversation?.say(text)),
      sendImage: (image) => this.speak(() => this.conversation?.sendImage(image)),
      askHuman: () => void this.conversation?.askHuman(),
      showOrders: () => void this.panel.picker.show(),
      complain: (sentence) => this.conversation?.notify(sentence),
      draft: (draft) => {
        this.memory?.write({ draft: draft || undefined })
        if (draft) this.conversation?.typing()
      },
      pictured: () => {
        this.picturedAt = Date.now()
        this.memory?.write({ picturedAt: this.picturedAt })
      },
    })
    this.panel = new Panel(this.composer, {
      base: () => this.looks?.base || location.origin,
      press: (button) => this.speak(() => this.conversation?.press(button)),
      say: (text) => this.speak(() => this.conversation?.say(text)),
      retry: (id) => this.conversation?.retry(id),
      discard: (id) => this.conversation?.discard(id),
      unhelpful: (seq) => void this.conversation?.askHuman(seq),
      close: () => this.close(),
      leaveQueue: () => void this.conversation?.leaveQueue(),
      rate: async (score, comment) => (await this.conversation?.rate(score, comment)) ?? false,
      dismiss: () => this.conversation?.notify(null),
      picker: {
        base: () => this.looks?.base || location.origin,
        orders: async () => (await this.conversation?.orders()) ?? { is_known: false, orders: [] },
        viewed: () => viewed(this.looks?.base ?? ''),
        pickOrder: (order) => this.turnTo({ order }),
        pickProduct: (product) => this.turnTo({ product }),
        closed: () => this.focusInside(),
      },
      menu: {
        setLarge: (isLarge) => this.prefer({ isLarge }),
        setMuted: (isMuted) => this.prefer({ isMuted }),
        save: () => this.keep(),
      },
    })
    acceptDrops(this.panel.element, (files) => this.composer.addPictures(files))
    this.launcher.addEventListener('click', () => this.open())
    this.panel.element.addEventListener('keydown', (event) => this.key(event))
    root.append(h('div', { class: 'root' }, this.launcher, this.panel.element))
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
    setAttribute(this.panel.element, 'aria-modal', matchMedia(ON_PHONE).matches ? 'true' : null)
    void this.conversation?.greet()
    this.update()
    this.composer.fit()
    this.panel.toEnd()
    this.focusInside()
    this.dispatchEvent(new CustomEvent('xiaoer-open', { bubbles: true }))
  }

  /** On a phone the keyboard would cover what the bot says. */
  private focusInside(): void {
    if (matchMedia(ON_PHONE).matches) this.panel.element.focus()
    else this.composer.input.focus()
  }

  close(): void {
    if (!this.isOpen) return
    this.panel.picker.hide()
    this.panel.menu.hide()
    this.isOpen = false
    this.panel.element.hidden = true
    this.launcher.hidden = false
    const isOutside = this.returnTo instanceof HTMLElement && this.returnTo.isConnected && this.returnTo !== document.body && this.returnTo !== this
    ;(isOutside ? (this.returnTo as HTMLElement) : this.launcher).focus()
    this.dispatchEvent(new CustomEvent('xiaoer-close', { bubbles: true }))
  }

  private refresh(): void {
    this.isStale = false
    const page = readLooks(this, SCRIPT_ORIGIN)
    const pageKey = `${subjectKey(page)}|${page.customerId}`
    if (pageKey !== this.pageKey) this.subject = null
    this.pageKey = pageKey
    this.looks = about(page, this.subject)
    if (page.context.product_id && page.product) rememberViewed(page.base, { id: page.context.product_id, ...page.product })
    const memory = new Memory(this.looks.base === location.origin ? '' : this.looks.base, this.looks.customerId)
    if (memory.key !== this.memory?.key || !this.conversation) this.meet(memory, this.looks)
    const conversation = this.conversation as Conversation
    conversation.context = this.looks.context
    conversation.customer = this.looks.customer
    this.paint()
    this.launcher.replaceChildren(icon('chat'), h('span', { class: 'label' }, this.looks.label), this.unread)
    this.toggleAttribute('data-left', this.looks.isLeft)
    this.panel.dress(this.looks)
    this.composer.dress(this.looks.placeholder)
    this.applyPreferences()
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
    this.composer.restorePictures(memory.picturesKey)
    this.conversation.start()
    if (this.isOpen) void this.conversation.greet()
  }

  private update(): void {
    if (!this.conversation) return
    const { state } = this.conversation
    this.countUnread(state.messages)
    if (this.isOpen) this.panel.update(state, this.looks !== null && this.memory?.read().saidAbout !== subjectKey(this.looks))
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
    if (isNews && !this.isLooking && !this.isMuted) this.attention.ring(() => this.attention.isShown)
  }

  /** What the chat is about has been talked about now. */
  private speak(say: () => void): void {
    if (this.looks) this.memory?.write({ saidAbout: subjectKey(this.looks) })
    say()
  }

  private turnTo(subject: Subject): void {
    this.subject = subject
    this.refresh()
    this.panel.toEnd()
  }

  private get isMuted(): boolean {
    return preferences().isMuted ?? this.looks?.isMuted ?? false
  }

  private prefer(change: Parameters<typeof prefer>[0]): void {
    prefer(change)
    this.applyPreferences()
  }

  private applyPreferences(): void {
    const isLarge = preferences().isLarge ?? this.looks?.isLarge ?? false
    this.toggleAttribute('data-large', isLarge)
    this.panel.menu.update(isLarge, this.isMuted)
    if (this.isOpen) this.composer.fit()
  }

  private keep(): void {
    const { shop, base } = this.looks as Looks
    save(fileName(shop), chatAsText(shop, this.conversation?.state.messages ?? [], base || location.origin))
  }

  /** Read there is read here; a draft is taken over where nobody is writing. */
  private followOtherTab(): void {
    const { readTo = 0, draft = '', picturedAt = 0 } = this.memory?.read() ?? {}
    this.lastRead = readTo
    if (this.memory && picturedAt > this.picturedAt) this.composer.restorePictures(this.memory.picturesKey)
    this.picturedAt = Math.max(picturedAt, this.picturedAt)
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
      if (this.panel.picker.isOpen) this.panel.picker.hide()
      else if (!this.panel.menu.close()) this.close()
    } else if (event.key === 'Tab' && this.panel.element.getAttribute('aria-modal')) {
      keepFocus(this.panel.element, this.shadowRoot?.activeElement ?? null, event)
    }
  }
}
