/** Cards: what a sentence cannot show. Fields are listed in docs/architecture.md; unknown types show nothing. */

import type { Card } from '@/common/messages'
import { dayAndClock, yuan } from '@/common/time'
import { h, photo, safeUrl } from '../dom'

export interface CardTools {
  /** Addresses in cards are relative to the gateway. */
  base: string
  /** False once a later answer has made this card history. */
  isActive: boolean
  press: (title: string, payload: string) => void
}

type Fields = Record<string, unknown>
type Draw = (card: Fields, tools: CardTools) => (HTMLElement | null)[]

export function renderCard(card: Card, tools: CardTools): HTMLElement | null {
  const draw = DRAW[card.type]
  if (!draw) return null
  return h(
    'section',
    { class: 'card', attrs: { 'data-type': card.type, 'data-testid': `card-${card.type}`, part: `card card-${card.type}` } },
    ...draw(card, tools),
  )
}

function product(card: Fields, { base }: CardTools): HTMLElement[] {
  const image = safeUrl(card.image, base)
  const url = safeUrl(card.url, base)
  const body = [
    image && photo(image, 76),
    h(
      'div',
      {},
      h('h3', {}, text(card.name)),
      h('div', { class: 'tags' }, ...strings(card.tags).slice(0, 3).map((tag) => h('span', { class: 'tag' }, tag))),
      h('p', { class: 'price' }, yuan(text(card.price))),
    ),
  ]
  return [url ? h('a', { class: 'product', attrs: { href: url } }, ...body) : h('div', { class: 'product' }, ...body)]
}

function order(card: Fields): (HTMLElement | null)[] {
  const lines = records(card.lines).map((line) =>
    h('li', {}, h('span', {}, spaced(line.name, line.variant)), h('span', { class: 'faint' }, `× ${text(line.quantity) || 1}`)),
  )
  const trace = records(card.trace).map((step) =>
    h('li', {}, h('span', {}, text(step.text)), ' ', h('span', { class: 'faint' }, moment(step.time))),
  )
  return [
    h('div', { class: 'card-head' }, h('span', { class: 'state-text' }, text(card.state_text)), h('span', { class: 'faint' }, text(card.id))),
    h(
      'div',
      { class: 'card-body' },
      h('ul', { class: 'lines' }, ...lines),
      h('p', { class: 'pair' }, h('span', { class: 'faint' }, spaced(card.courier, card.tracking_no)), h('strong', {}, yuan(text(card.amount)))),
      trace.length ? h('ol', { class: 'trace' }, ...trace) : null,
    ),
  ]
}

function remedies(card: Fields, tools: CardTools): HTMLElement[] {
  const list = h('ul', { class: 'remedies' })
  for (const option of records(card.options)) {
    const title = text(option.title)
    const pick = h('button', { class: 'pick', attrs: { type: 'button', disabled: !tools.isActive, 'aria-label': `选择：${title}`, 'data-testid': 'remedy-pick' } }, '选这个')
    const item = h(
      'li',
      { attrs: { 'data-kind': text(option.kind), 'data-testid': 'remedy' } },
      ...headline(title, option.amount),
      option.detail ? h('p', { class: 'detail' }, text(option.detail)) : null,
      option.deadline ? h('p', { class: 'faint' }, text(option.deadline)) : null,
      h('div', { class: 'pick-gap' }),
      option.payload ? pick : null,
    )
    pick.addEventListener('click', () => {
      item.setAttribute('data-chosen', '')
      for (const button of list.querySelectorAll('button')) button.disabled = true
      tools.press(title, text(option.payload))
    })
    list.append(item)
  }
  return [list]
}

/** Money is what the eye should meet first; where there is none, what happens. */
function headline(title: string, amount: unknown): HTMLElement[] {
  if (Number(amount) > 0) return [h('p', { class: 'headline', attrs: { 'data-testid': 'remedy-amount' } }, yuan(text(amount))), h('h3', {}, title)]
  return [h('h3', { class: 'headline', attrs: { 'data-words': true } }, title)]
}

/** `highlight` names the recommended row: its number from 0, or what stands in its first column. */
function sizeChart(card: Fields): HTMLElement[] {
  const product = card.product as Fields | string | undefined
  const name = typeof product === 'object' ? text(product.name) : text(product)
  const isMarked = (row: unknown[], index: number): boolean =>
    card.highlight !== null && card.highlight !== undefined && (card.highlight === index || text(row[0]) === text(card.highlight))
  return [h('div', { class: 'card-head' }, h('span', {}, name ? `${name} 尺码表` : '尺码表')), table(card, isMarked)]
}

function compare(card: Fields): HTMLElement[] {
  return [table(card, () => false)]
}

function table(card: Fields, isMarked: (row: unknown[], index: number) => boolean): HTMLElement {
  const rows = (Array.isArray(card.rows) ? card.rows : []).filter(Array.isArray) as unknown[][]
  // A comparison has nothing above its first column: the place is kept.
  const head = cells(card.columns).map((column) => h(column ? 'th' : 'td', { attrs: { scope: column ? 'col' : null } }, column))
  const body = rows.map((row, index) =>
    h(
      'tr',
      { attrs: { 'data-highlight': isMarked(row, index) } },
      ...row.map((cell, column) => (column === 0 ? h('th', { attrs: { scope: 'row' } }, text(cell)) : h('td', {}, text(cell)))),
    ),
  )
  return h('div', { class: 'table', attrs: { tabindex: 0 } }, h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body)))
}

function choices(card: Fields, tools: CardTools): HTMLElement[] {
  const list = h('ul', { class: 'choices' })
  for (const option of records(card.options)) {
    const title = text(option.title)
    const image = safeUrl(option.image, tools.base)
    const button = h(
      'button',
      { class: image ? 'choice pictured' : 'choice', attrs: { type: 'button', disabled: !tools.isActive, 'data-testid': 'choice' }, on: { click: () => tools.press(title, text(option.payload)) } },
      image && photo(image, 44),
      h('strong', {}, title),
      option.detail ? h('span', {}, text(option.detail)) : null,
    )
    list.append(h('li', {}, button))
  }
  return card.title ? [h('div', { class: 'card-head' }, text(card.title)), list] : [list]
}

const DRAW: Record<string, Draw | undefined> = { product, order, remedies, size_chart: sizeChart, compare, choices }

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function strings(value: unknown): string[] {
  return cells(value).filter(Boolean)
}

function cells(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : []
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === 'object' && item !== null) : []
}

function spaced(...values: unknown[]): string {
  return values.map(text).filter(Boolean).join(' ')
}

/** Trace times may be moments or words already. */
function moment(value: unknown): string {
  const raw = text(value)
  return /^\d{4}-\d\d-\d\dT/.test(raw) ? dayAndClock(raw) : raw
}
