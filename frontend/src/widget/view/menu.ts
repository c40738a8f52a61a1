/** What is needed seldom: larger text, no sound, a copy of the chat. */

import { h, icon, setAttribute } from '../dom'

export interface MenuActions {
  setLarge: (isLarge: boolean) => void
  setMuted: (isMuted: boolean) => void
  save: () => void
}

export class Menu {
  readonly element: HTMLElement
  private readonly opener = h('button', { class: 'round', attrs: { type: 'button', 'aria-label': '更多', 'aria-expanded': 'false', 'data-testid': 'menu' } }, icon('more'))
  private readonly large = toggle('大字', 'large-text')
  private readonly sound = toggle('新消息提示音', 'sound')
  private readonly list: HTMLElement

  constructor(actions: MenuActions) {
    const save = h('button', { class: 'menu-item', attrs: { type: 'button', 'data-testid': 'save-chat' } }, '保存聊天记录')
    this.list = h('div', { class: 'menu', attrs: { hidden: true, role: 'group', 'aria-label': '聊天设置' } }, this.large, this.sound, save)
    this.element = h('div', { class: 'menu-place' }, this.opener, this.list)
    this.opener.addEventListener('click', () => this.show(!this.isOpen))
    this.large.addEventListener('click', () => actions.setLarge(!isOn(this.large)))
    this.sound.addEventListener('click', () => actions.setMuted(isOn(this.sound)))
    save.addEventListener('click', () => {
      actions.save()
      this.close()
    })
    // Focus that leaves, by Tab or by touch, closes it.
    this.element.addEventListener('focusout', (event) => {
      if (event.relatedTarget instanceof Node && !this.element.contains(event.relatedTarget)) this.show(false)
    })
  }

  private get isOpen(): boolean {
    return this.list.hidden === false
  }

  update(isLarge: boolean, isMuted: boolean): void {
    setAttribute(this.large, 'aria-checked', String(isLarge))
    setAttribute(this.sound, 'aria-checked', String(!isMuted))
  }

  /** False when it was not open. */
  close(): boolean {
    if (!this.isOpen) return false
    this.show(false)
    this.opener.focus()
    return true
  }

  hide(): void {
    this.show(false)
  }

  private show(isShown: boolean): void {
    this.list.hidden = !isShown
    setAttribute(this.opener, 'aria-expanded', String(isShown))
  }
}

function toggle(label: string, name: string): HTMLButtonElement {
  return h('button', { class: 'menu-item', attrs: { type: 'button', role: 'switch', 'aria-checked': 'false', 'data-testid': name } }, label, h('i', { class: 'switch' }))
}

function isOn(button: HTMLElement): boolean {
  return button.getAttribute('aria-checked') === 'true'
}
