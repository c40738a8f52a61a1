/** Pictures chosen but not sent: made small, shown, taken out again with one tap, and kept over a reload. */

import { keep, kept } from '@/common/kept'
import { h, icon } from '../dom'
import { admitted, drawPicture, MOST_PICTURES, prepare } from '@/common/picture'

export interface TrayActions {
  /** Something was put in, is ready or was taken out. */
  changed: () => void
  complain: (sentence: string) => void
  /** What is kept has changed: other tabs may want to know. */
  kept: () => void
}

interface Item {
  tile: HTMLElement
  /** Null while it is being made small. */
  image: Blob | null
}

export class Tray {
  readonly element = h('div', { class: 'tray', attrs: { hidden: true, role: 'group', 'aria-label': '待发送的图片', 'data-testid': 'preview' } })
  private readonly actions: TrayActions
  private items: Item[] = []
  private key = ''

  constructor(actions: TrayActions) {
    this.actions = actions
  }

  get isReady(): boolean {
    return this.items.length > 0 && this.items.every((item) => item.image)
  }

  get isBusy(): boolean {
    return this.items.some((item) => !item.image)
  }

  /** Files that are no pictures are left alone, with a word about it when nothing else came. */
  add(files: Iterable<File>): void {
    const { pictures, complaint } = admitted(files, MOST_PICTURES - this.items.length)
    if (complaint) this.actions.complain(complaint)
    for (const file of pictures) void this.put(file)
  }

  /** What was chosen before this page came, or meanwhile in another tab. Another chat's (`key`) is not shown here. */
  async restore(key: string): Promise<void> {
    if (key !== this.key) this.items = []
    this.key = key
    this.draw()
    const before = this.items
    const images = (await kept<Blob[]>(key)) ?? []
    if (key !== this.key) return
    const isNewer = (item: Item): boolean => !item.image || !before.includes(item)
    this.items = [...images.map((image) => this.shown(this.item(), image)), ...this.items.filter(isNewer)]
    this.draw()
  }

  /** All that are ready; the tray is empty afterwards. */
  take(): Blob[] {
    const { images } = this
    this.items = []
    this.changed()
    return images
  }

  private get images(): Blob[] {
    return this.items.map((item) => item.image).filter((image): image is Blob => image !== null)
  }

  private item(): Item {
    const remove = h('button', { class: 'remove', attrs: { type: 'button', 'aria-label': '不发这张图片', 'data-testid': 'remove-picture' } }, icon('close'))
    const item: Item = { tile: h('div', { class: 'tile', attrs: { 'data-testid': 'picture-tile', 'aria-busy': 'true' } }, remove), image: null }
    remove.addEventListener('click', () => this.drop(item))
    return item
  }

  private shown(item: Item, image: Blob): Item {
    item.image = image
    item.tile.removeAttribute('aria-busy')
    item.tile.prepend(drawPicture(image, ''))
    return item
  }

  private async put(file: File): Promise<void> {
    const item = this.item()
    this.items = [...this.items, item]
    this.draw()
    try {
      this.shown(item, await prepare(file))
      this.changed()
    } catch (error) {
      this.drop(item)
      this.actions.complain((error as Error).message)
    }
  }

  private drop(item: Item): void {
    this.items = this.items.filter((other) => other !== item)
    this.changed()
  }

  private changed(): void {
    this.draw()
    void keep(this.key, this.images.length ? this.images : undefined).then(this.actions.kept)
  }

  private draw(): void {
    this.element.hidden = this.items.length === 0
    const hint = h('span', { class: 'faint', attrs: { role: 'status' } }, this.isBusy ? '正在处理图片' : `${this.items.length} 张，点发送才会发出`)
    this.element.replaceChildren(...this.items.map((item) => item.tile), hint)
    this.actions.changed()
  }
}
