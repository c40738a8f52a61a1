/** A sheet over the chat: which order or product is it about? */

import { dayAndClock, yuan } from '@/common/time'
import { messageOf } from '@/common/api'
import type { OrderSummary } from '../gateway'
import { h, icon, noPhoto, photo, safeUrl } from '../dom'
import type { Viewed } from '../recent'

export interface PickerTools {
  base: () => string
  orders: () => Promise<{ is_known: boolean; orders: OrderSummary[] }>
  viewed: () => Viewed[]
  pickOrder: (order: OrderSummary) => void
  pickProduct: (product: Viewed) => void
  closed: () => void
}

/** A list that comes at once needs no skeleton. */
const SKELETON_AFTER = 150

export class Picker {
  readonly element: HTMLElement
  private readonly list = h('div', { class: 'sheet-list', attrs: { 'aria-live': 'polite' } })
  private readonly close = h('button', { class: 'round', attrs: { type: 'button', 'aria-label': '返回聊天', 'data-testid': 'picker-close' } }, icon('close'))
  private readonly tools: PickerTools
  /** An answer to an earlier opening is dropped. */
  private opening = 0

  constructor(tools: PickerTools) {
    this.tools = tools
    this.close.addEventListener('click', () => this.hide())
    this.element = h(
      'section',
      { class: 'sheet', attrs: { hidden: true, role: 'dialog', 'aria-label': '想聊哪个订单或商品', part: 'picker', 'data-testid': 'picker' } },
      h('header', { class: 'sheet-head' }, h('h2', {}, '想聊哪一个？'), this.close),
      this.list,
    )
  }

  get isOpen(): boolean {
    return !this.element.hidden
  }

  async show(): Promise<void> {
    const opening = ++this.opening
    this.cover(true)
    this.close.focus()
    this.list.replaceChildren(...this.viewed())
    const skeleton = setTimeout(() => this.list.prepend(bones()), SKELETON_AFTER)
    try {
      const { is_known, orders } = await this.tools.orders()
      if (opening === this.opening) this.list.replaceChildren(...this.orders(is_known, orders), ...this.viewed())
    } catch (error) {
      if (opening === this.opening) this.list.replaceChildren(this.failed(messageOf(error)), ...this.viewed())
    } finally {
      clearTimeout(skeleton)
    }
  }

  hide(): void {
    if (!this.isOpen) return
    this.opening++
    this.cover(false)
    this.tools.closed()
  }

  /** What lies under the sheet is out of reach for keyboard and screen reader too. */
  private cover(isOpen: boolean): void {
    this.element.hidden = !isOpen
    for (const other of this.element.parentElement?.children ?? []) if (other !== this.element) other.toggleAttribute('inert', isOpen)
  }

  private orders(isKnown: boolean, orders: OrderSummary[]): HTMLElement[] {
    if (!orders.length) return [note(isKnown ? '这个账号还没有订单。有订单号的话，直接发过来就能查。' : '登录店铺账号后，这里会列出您的订单。有订单号的话，也可以直接发过来。')]
    return [h('h3', { class: 'sheet-title' }, '我的订单'), h('ul', {}, ...orders.map((order) => h('li', {}, this.order(order))))]
  }

  private order(order: OrderSummary): HTMLElement {
    const first = order.lines[0]
    const name = order.lines.length > 1 ? `${first.name} 等 ${order.lines.length} 款` : (first?.name ?? order.id)
    return this.row('pick-order', () => this.tools.pickOrder(order), first?.image, name, [`${dayAndClock(order.placed_at.replace(' ', 'T'))} 下单`, yuan(order.amount)], order.state_text)
  }

  private viewed(): HTMLElement[] {
    const products = this.tools.viewed()
    if (!products.length) return []
    const rows = products.map((item) => h('li', {}, this.row('pick-product', () => this.tools.pickProduct(item), item.image, item.name, [item.price ?? ''], '')))
    return [h('h3', { class: 'sheet-title' }, '最近看过'), h('ul', {}, ...rows)]
  }

  private row(testId: string, pick: () => void, picture: string | null | undefined, name: string, facts: string[], state: string): HTMLElement {
    const image = safeUrl(picture, this.tools.base())
    const chosen = (): void => {
      pick()
      this.hide()
    }
    return h(
      'button',
      { class: 'sheet-row', attrs: { type: 'button', 'data-testid': testId }, on: { click: chosen } },
      image ? photo(image, 52) : noPhoto(),
      h('span', { class: 'sheet-text' }, h('span', { class: 'sheet-name' }, name), h('span', { class: 'faint' }, facts.filter(Boolean).join(' · '))),
      state ? h('span', { class: 'state-text' }, state) : null,
    )
  }

  private failed(sentence: string): HTMLElement {
    return note(sentence, h('button', { class: 'link', attrs: { type: 'button' }, on: { click: () => void this.show() } }, '再试一次'))
  }
}

function note(sentence: string, ...more: HTMLElement[]): HTMLElement {
  return h('p', { class: 'sheet-note', attrs: { 'data-testid': 'picker-note' } }, sentence, ...more)
}

function bones(): HTMLElement {
  return h('div', { class: 'bones', attrs: { role: 'status', 'aria-label': '正在查订单' } }, ...[1, 2, 3].map(() => h('i')))
}
