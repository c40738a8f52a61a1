/** Where the customer writes: tools, picture preview, text field. */

import type { Owner } from '@/common/messages'
import { PICTURE_TYPES } from '@/common/picture'
import { h, icon } from '../dom'
import { Tray } from './tray'

export interface ComposerActions {
  say: (text: string) => void
  sendImage: (image: Blob) => void
  askHuman: () => void
  showOrders: () => void
  complain: (sentence: string) => void
  draft: (text: string) => void
  /** The pictures that are chosen have changed. */
  pictured: () => void
}

const PLACEHOLDER = '输入消息…'

export class Composer {
  readonly element: HTMLElement
  readonly input = h('textarea', {
    class: 'input',
    attrs: { rows: 1, maxlength: 2000, placeholder: PLACEHOLDER, 'aria-label': '输入消息', enterkeyhint: 'send', part: 'input', 'data-testid': 'input' },
  })
  private readonly send = h('button', { class: 'send', attrs: { type: 'button', 'aria-label': '发送', part: 'send', 'data-testid': 'send' } }, icon('send'))
  private readonly human = h(
    'button',
    { class: 'tool', attrs: { type: 'button', 'data-strong': true, part: 'human', 'data-testid': 'human' } },
    icon('person'),
    h('span', {}, '转人工'),
  )
  private readonly tray: Tray
  private readonly actions: ComposerActions

  constructor(actions: ComposerActions) {
    this.actions = actions
    this.tray = new Tray({ changed: () => this.ready(), complain: actions.complain, kept: actions.pictured })
    const file = this.chooser({ accept: PICTURE_TYPES, multiple: true, 'data-testid': 'file' })
    const camera = this.chooser({ accept: 'image/*', capture: 'environment', 'data-testid': 'camera-file' })
    const pick = h('button', { class: 'tool', attrs: { type: 'button', 'data-testid': 'image' }, on: { click: () => file.click() } }, icon('image'), '图片')
    const shoot = h('button', { class: 'tool', attrs: { type: 'button', 'data-touch': true, 'data-testid': 'camera' }, on: { click: () => camera.click() } }, icon('camera'), '拍照')
    const orders = h('button', { class: 'tool', attrs: { type: 'button', 'data-testid': 'orders' } }, icon('order'), '订单')
    orders.addEventListener('click', () => actions.showOrders())
    this.human.addEventListener('click', () => actions.askHuman())
    this.send.addEventListener('click', () => this.submit())
    this.input.addEventListener('input', () => this.typed())
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('paste', (event) => this.paste(event))
    this.element = h(
      'div',
      {},
      h('div', { class: 'tools' }, this.human, pick, shoot, orders, file, camera),
      this.tray.element,
      h('div', { class: 'write' }, this.input, this.send),
    )
    this.typed()
  }

  /** A draft that is remembered already. */
  show(draft: string): void {
    this.input.value = draft
    this.fit()
    this.ready()
  }

  /** The pictures kept under `key`. */
  restorePictures(key: string): void {
    void this.tray.restore(key)
  }

  /** The words in the empty field; null for our own. */
  dress(placeholder: string | null): void {
    this.input.placeholder = placeholder ?? PLACEHOLDER
  }

  /** 转人工 never goes away; it only says when there is nothing left to ask for. */
  update(owner: Owner, isAsking: boolean): void {
    this.human.disabled = owner === 'queued' || owner === 'human' || isAsking
    const label = this.human.lastElementChild as HTMLElement
    label.textContent = owner === 'human' ? '已转人工' : owner === 'queued' ? '排队中' : isAsking ? '正在转接' : '转人工'
  }

  private key(event: KeyboardEvent): void {
    // While an input method is composing, Enter picks a word. Safari ends composition first, but still reports 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.submit()
  }

  private submit(): void {
    // A picture that is not ready yet is waited for, not lost.
    if (this.tray.isBusy) return
    for (const image of this.tray.take()) this.actions.sendImage(image)
    if (this.input.value.trim()) this.actions.say(this.input.value)
    this.input.value = ''
    this.typed()
    this.input.focus()
  }

  /** As high as what is written; it can only be measured while it is shown. */
  fit(): void {
    this.input.style.height = 'auto'
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight + 2}px`
  }

  private typed(): void {
    this.fit()
    this.ready()
    this.actions.draft(this.input.value)
  }

  private ready(): void {
    this.send.disabled = this.tray.isBusy || (!this.tray.isReady && !this.input.value.trim())
  }

  /** A hidden field that lets her choose or take pictures. */
  private chooser(attrs: Record<string, string | boolean>): HTMLInputElement {
    const field = h('input', { attrs: { type: 'file', hidden: true, tabindex: -1, ...attrs } })
    field.addEventListener('change', () => {
      this.addPictures(field.files ?? [])
      field.value = ''
    })
    return field
  }

  addPictures(files: Iterable<File>): void {
    this.tray.add(files)
    this.input.focus({ preventScroll: true })
  }

  /** A copied picture becomes one to send; copied text stays text. */
  private paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.addPictures(files)
  }
}
