/** Where the customer writes: tools, picture preview, text field. */

import { h, icon, setAttribute } from '../dom'
import { drawPicture, prepare } from '../picture'

export interface ComposerActions {
  say: (text: string) => void
  sendImage: (image: Blob) => void
  askHuman: () => void
  showOrders: () => void
  complain: (sentence: string) => void
  draft: (text: string) => void
}

export class Composer {
  readonly element: HTMLElement
  readonly input = h('textarea', {
    class: 'input',
    attrs: { rows: 1, maxlength: 2000, placeholder: '输入消息…', 'aria-label': '输入消息', enterkeyhint: 'send', part: 'input', 'data-testid': 'input' },
  })
  private readonly send = h('button', { class: 'send', attrs: { type: 'button', 'aria-label': '发送', part: 'send', 'data-testid': 'send' } }, icon('send'))
  private readonly human = h(
    'button',
    { class: 'tool', attrs: { type: 'button', 'data-strong': true, part: 'human', 'data-testid': 'human' } },
    icon('person'),
    h('span', {}, '转人工'),
  )
  private readonly file = h('input', { attrs: { type: 'file', accept: 'image/jpeg,image/png,image/webp,image/gif', hidden: true, tabindex: -1, 'data-testid': 'file' } })
  private readonly preview = h('div', { class: 'preview', attrs: { hidden: true, 'data-testid': 'preview' } })
  private readonly actions: ComposerActions
  private image: Blob | null = null

  constructor(actions: ComposerActions) {
    this.actions = actions
    const pick = h('button', { class: 'tool', attrs: { type: 'button', 'data-testid': 'image' } }, icon('image'), '图片')
    const orders = h('button', { class: 'tool', attrs: { type: 'button', 'data-testid': 'orders' } }, icon('order'), '订单')
    pick.addEventListener('click', () => this.file.click())
    orders.addEventListener('click', () => actions.showOrders())
    this.human.addEventListener('click', () => actions.askHuman())
    this.file.addEventListener('change', () => void this.chosen())
    this.send.addEventListener('click', () => this.submit())
    this.input.addEventListener('input', () => this.typed())
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.element = h(
      'div',
      {},
      h('div', { class: 'tools' }, this.human, pick, orders, this.file),
      this.preview,
      h('div', { class: 'write' }, this.input, this.send),
    )
    this.typed()
  }

  restore(draft: string): void {
    this.input.value = draft
    this.typed()
  }

  /** 转人工 never goes away; it only says when there is nothing left to ask for. */
  update(isWithPeople: boolean, isAsking: boolean): void {
    this.human.disabled = isWithPeople || isAsking
    const label = this.human.lastElementChild as HTMLElement
    label.textContent = isWithPeople ? '已转人工' : isAsking ? '正在转接' : '转人工'
  }

  private key(event: KeyboardEvent): void {
    // While an input method is composing, Enter picks a word. Safari ends composition first, but still reports 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.submit()
  }

  private submit(): void {
    if (this.image) this.actions.sendImage(this.image)
    if (this.input.value.trim()) this.actions.say(this.input.value)
    this.input.value = ''
    this.showPreview(null)
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
    this.send.disabled = !this.image && !this.input.value.trim()
    this.actions.draft(this.input.value)
  }

  private async chosen(): Promise<void> {
    const file = this.file.files?.[0]
    this.file.value = ''
    if (!file) return
    try {
      this.showPreview(await prepare(file))
    } catch (error) {
      this.actions.complain((error as Error).message)
    }
  }

  private showPreview(image: Blob | null): void {
    this.image = image
    this.preview.replaceChildren()
    setAttribute(this.preview, 'hidden', !image)
    if (image) {
      const remove = h('button', { class: 'round', attrs: { type: 'button', 'aria-label': '不发这张图片' } }, icon('close'))
      remove.addEventListener('click', () => this.showPreview(null))
      this.preview.append(drawPicture(image, ''), h('span', {}, '点右下角发送这张图片'), remove)
    }
    this.typed()
  }
}
