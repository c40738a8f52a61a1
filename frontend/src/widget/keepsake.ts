/** The chat as a text file she can keep, read and show to somebody. */

import type { Card, Message } from '@/common/messages'
import { clock, yuan } from '@/common/time'

const NAMES = { customer: '我', bot: '机器人', agent: '客服', system: '' }

export function chatAsText(shop: string, messages: readonly Message[], base: string, now = new Date()): string {
  const lines = messages.flatMap((message) => told(message, base))
  return [`${shop} 聊天记录`, `保存时间：${stamp(now)}`, '', ...lines, ''].join('\r\n')
}

export function fileName(shop: string, now = new Date()): string {
  return `聊天记录-${shop.replace(/[\\/:*?"<>|\s]+/g, '')}-${stamp(now).slice(0, 10)}.txt`
}

/** Lets the browser save it; with a mark that old editors need to read it as UTF-8. */
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

function told(message: Message, base: string): string[] {
  const at = `[${stamp(new Date(message.created_at))}]`
  if (message.sender === 'system') return [`${at} —— ${message.text} ——`]
  const who = message.sender === 'customer' ? NAMES.customer : [NAMES[message.sender], message.author].filter(Boolean).join(' ')
  const parts = [message.text, message.image ? `[图片] ${new URL(message.image, base).toString()}` : '', ...(message.card ? cardLines(message.card) : [])]
  return [`${at} ${who}：${parts.filter(Boolean).join('\r\n    ')}`]
}

type Fields = Record<string, unknown>

function cardLines(card: Card): string[] {
  switch (card.type) {
    case 'product':
      return [join('[商品]', card.name, money(card.price))]
    case 'order':
      return [join('[订单]', card.id, card.state_text, money(card.amount)), ...records(card.lines).map((line) => join('·', line.name, line.variant, `× ${line.quantity ?? 1}`))]
    case 'remedies':
    case 'choices':
      return records(card.options).map((option, index) => join(`[${index + 1}]`, option.title, Number(option.amount) > 0 ? money(option.amount) : '', option.detail, option.deadline))
    case 'size_chart':
    case 'compare':
      return [card.columns, ...(Array.isArray(card.rows) ? card.rows : [])].map((row) => (Array.isArray(row) ? row.join('  ') : ''))
    default:
      return []
  }
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === 'object' && item !== null) : []
}

function join(...parts: unknown[]): string {
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').filter(Boolean).join(' ')
}

function money(amount: unknown): string {
  return typeof amount === 'string' || typeof amount === 'number' ? yuan(amount) : ''
}

function stamp(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${clock(moment)}`
}
