/** After the end: how was it? Skipping is as easy as answering. */

import { h, icon, setAttribute } from '../dom'

const THANKS_LAST = 4_000
const WORDS = ['很不满意', '不太满意', '一般', '满意', '非常满意']

export class Rating {
  readonly element = h('div', { class: 'ended', attrs: { hidden: true, part: 'rating', 'data-testid': 'rating' } })
  private readonly rate: (score: number | null, comment: string) => Promise<boolean>
  private isShown = false
  private isDone = false

  constructor(rate: (score: number | null, comment: string) => Promise<boolean>) {
    this.rate = rate
  }

  update(isWanted: boolean): void {
    const isShown = isWanted || this.isDone
    if (isShown === this.isShown) return
    this.isShown = isShown
    this.element.hidden = !isShown
    if (isShown) this.ask()
  }

  private ask(): void {
    const words = h('span', { class: 'faint', attrs: { role: 'status' } }, '点星星评价，写完随时能接着聊')
    const stars = WORDS.map((label, index) => {
      const star = h('button', { class: 'star', attrs: { type: 'button', 'aria-label': `${index + 1} 星，${label}`, 'aria-pressed': 'false', 'data-testid': `star-${index + 1}` } }, icon('star'))
      star.addEventListener('click', () => choose(index))
      return star
    })
    const comment = h('input', { class: 'comment', attrs: { type: 'text', maxlength: 200, placeholder: '想说点什么（选填）', 'aria-label': '评价内容', hidden: true } })
    const submit = h('button', { class: 'pick', attrs: { type: 'button', hidden: true, 'data-testid': 'rate' } }, '提交评价')
    const skip = h('button', { class: 'soft-button', attrs: { type: 'button', 'data-testid': 'skip-rating' } }, '跳过')
    let score = 0
    const choose = (index: number): void => {
      score = index + 1
      stars.forEach((star, place) => {
        setAttribute(star, 'data-on', place <= index)
        star.setAttribute('aria-pressed', String(place === index))
      })
      words.textContent = WORDS[index]
      comment.hidden = submit.hidden = false
    }
    submit.addEventListener('click', () => void this.send(score, comment.value.trim(), submit))
    skip.addEventListener('click', () => void this.rate(null, ''))
    this.element.replaceChildren(
      h('strong', {}, '这次服务，您满意吗？'),
      h('div', { class: 'stars', attrs: { role: 'group', 'aria-label': '评分' } }, ...stars),
      words,
      comment,
      h('div', { class: 'actions' }, skip, submit),
    )
  }

  private async send(score: number, comment: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true
    this.isDone = true
    if (!(await this.rate(score, comment))) {
      this.isDone = false
      button.disabled = false
      return
    }
    this.element.replaceChildren(h('strong', { attrs: { 'data-testid': 'rated', role: 'status' } }, '谢谢您的评价'), h('span', { class: 'faint' }, '还有问题直接打字就行'))
    setTimeout(() => this.thanked(), THANKS_LAST)
  }

  private thanked(): void {
    this.isDone = false
    if (this.element.querySelector('.star')) return // asked again meanwhile
    this.isShown = false
    this.element.hidden = true
  }
}
