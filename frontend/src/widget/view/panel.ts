/** The open chat: head, context, transcript, queue, end, composer. */

import type { Owner, Queue } from '@/common/messages'
import { roughly } from '@/common/time'
import { h, icon, photo, safeUrl, setAttribute } from '../dom'
import type { Looks } from '../looks'
import type { ConversationState } from '../state'
import type { Composer } from './composer'
import { shopMark } from './mark'
import { Menu, type MenuActions } from './menu'
import { Picker, type PickerTools } from './picker'
import { Rating } from './rating'
import { Transcript, type TranscriptTools } from './transcript'

export interface PanelActions extends TranscriptTools {
  close: () => void
  leaveQueue: () => void
  rate: (score: number | null, comment: string) => Promise<boolean>
  dismiss: () => void
  picker: PickerTools
  menu: MenuActions
}

/** Pixels from the end that still count as reading the newest. */
const NEAR_END = 80
/** Pixels above the question that the answer is read with. */
const AIR = 12

export class Panel {
  readonly element: HTMLElement
  private readonly shop = h('h2', { class: 'shop' })
  private readonly owner = h('span', { class: 'owner', attrs: { role: 'status', part: 'owner', 'data-testid': 'owner' } })
  private readonly context = h('div', { class: 'context', attrs: { part: 'context', 'data-testid': 'context' } })
  private readonly offline = h('div', { class: 'banner', attrs: { role: 'status', hidden: true, 'data-testid': 'offline' } }, '网络断开了。您写的内容都在，连上后会自动补上。')
  private readonly notice = h('div', { class: 'banner', attrs: { role: 'alert', hidden: true, 'data-kind': 'notice', 'data-testid': 'notice' } })
  private readonly scroll: HTMLElement
  private readonly queue = h('div', { class: 'queue', attrs: { role: 'status', hidden: true, part: 'queue', 'data-testid': 'queue' } })
  readonly picker: Picker
  readonly menu: Menu
  private readonly transcript: Transcript
  private readonly rating: Rating
  private readonly composer: Composer
  private readonly actions: PanelActions
  private looks: Looks | null = null
  private isAtEnd = true

  constructor(composer: Composer, actions: PanelActions) {
    this.composer = composer
    this.actions = actions
    this.transcript = new Transcript(actions)
    this.rating = new Rating(actions.rate)
    this.picker = new Picker(actions.picker)
    this.menu = new Menu(actions.menu)
    this.scroll = h('div', { class: 'scroll', attrs: { tabindex: 0, 'aria-label': '聊天内容' } }, this.transcript.element)
    const close = h('button', { class: 'round', attrs: { type: 'button', 'aria-label': '收起聊天', part: 'close', 'data-testid': 'close' }, on: { click: actions.close } }, icon('down'))
    this.element = h(
      'section',
      { class: 'panel', attrs: { role: 'dialog', 'aria-label': '联系客服', hidden: true, tabindex: -1, part: 'panel', 'data-testid': 'panel' } },
      h('header', { class: 'head' }, h('span', { class: 'mark' }, shopMark()), h('div', { class: 'who' }, this.shop, this.owner), this.menu.element, close),
      this.context,
      this.offline,
      this.notice,
      this.scroll,
      h('footer', { class: 'foot' }, this.queue, this.rating.element, composer.element),
      this.picker.element,
    )
    this.follow()
  }

  dress(looks: Looks): void {
    this.looks = looks
    this.shop.textContent = looks.shop
    this.drawContext(looks)
  }

  update(state: ConversationState, isNewSubject: boolean): void {
    if (state.pending.length) this.isAtEnd = true
    this.drawOwner(state)
    show(this.offline, state.isOffline)
    this.drawNotice(state.notice)
    this.drawQueue(state)
    this.rating.update(state.wantsRating)
    this.composer.update(state.owner, state.isAskingHuman)
    this.transcript.update(state, this.looks?.questions ?? [], { bot: this.looks?.bot ?? '', welcome: this.looks?.welcome ?? null, isNewSubject })
    if (this.isAtEnd) this.toEnd()
  }

  toEnd(): void {
    this.isAtEnd = true
    this.scroll.scrollTop = this.newest()
  }

  /** The end; where the bot's answer is longer than the view, its beginning: there stands what she asked for. */
  private newest(): number {
    const end = this.scroll.scrollHeight - this.scroll.clientHeight
    const question = this.transcript.answered?.getBoundingClientRect().top
    if (question === undefined) return end
    return Math.min(end, this.scroll.scrollTop + question - this.scroll.getBoundingClientRect().top - AIR)
  }

  /** Who reads the newest stays there when a picture loads or the queue card takes room; who has scrolled up is left alone. */
  private follow(): void {
    this.scroll.addEventListener('scroll', () => {
      this.isAtEnd = this.newest() - this.scroll.scrollTop < NEAR_END
    })
    const watch = new ResizeObserver(() => this.isAtEnd && this.toEnd())
    watch.observe(this.scroll)
    watch.observe(this.transcript.element)
  }

  private drawOwner({ owner, agent }: ConversationState): void {
    const names: Record<Owner, string> = {
      bot: `机器人 ${this.looks?.bot ?? ''}`.trim(),
      queued: '排队中',
      human: agent ? `客服 ${agent}` : '人工客服',
      closed: '对话已结束',
    }
    setAttribute(this.owner, 'data-owner', owner)
    if (this.owner.textContent !== names[owner]) this.owner.textContent = names[owner]
  }

  private drawContext({ product, order, base }: Looks): void {
    show(this.context, Boolean(product || order))
    const image = safeUrl((order ?? product)?.image, base)
    const change = h('button', { class: 'link', attrs: { type: 'button', 'aria-label': '更换订单或商品', 'data-testid': 'change-subject' }, on: { click: () => void this.picker.show() } }, '更换')
    this.context.replaceChildren(
      ...[
        image && photo(image, 36),
        h('span', { class: 'context-label' }, order ? '咨询订单' : '正在看'),
        h('span', { class: 'context-name' }, (order ?? product)?.name ?? ''),
        (order?.note ?? product?.price) ? h('span', { class: 'context-price' }, order?.note ?? product?.price ?? '') : null,
        change,
      ].filter((node): node is HTMLElement => node instanceof HTMLElement),
    )
  }

  private drawNotice(text: string | null): void {
    show(this.notice, text !== null)
    this.notice.replaceChildren()
    if (text === null) return
    const close = h('button', { class: 'link', attrs: { type: 'button' }, on: { click: this.actions.dismiss } }, '知道了')
    this.notice.append(h('span', {}, text), close)
  }

  private drawQueue({ owner, queue }: ConversationState): void {
    show(this.queue, owner === 'queued')
    if (owner !== 'queued') return
    const leave = h('button', { class: 'soft-button', attrs: { type: 'button', 'data-testid': 'leave-queue' }, on: { click: this.actions.leaveQueue } }, '不等了')
    const place = queue?.position
      ? h('strong', {}, '您排在第 ', h('b', { attrs: { 'data-testid': 'queue-position' } }, queue.position), ' 位')
      : h('strong', {}, '正在为您安排客服')
    const wait = waitWords(queue)
    this.queue.replaceChildren(h('div', {}, place, h('span', {}, wait)), leave)
  }
}

function waitWords(queue: Queue | null): string {
  if (queue?.eta_seconds) return `预计等待${roughly(queue.eta_seconds)}，可以先把问题写下来`
  if (queue?.agents_online === 0) return '现在没有客服在线，您的问题会留着，上线后按顺序回复'
  return '客服空下来会马上接入，可以先把问题写下来'
}

function show(element: HTMLElement, isShown: boolean): void {
  if (element.hidden === isShown) element.hidden = !isShown
}
