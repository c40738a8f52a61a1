/** What the desk calls things that the gateway names by key. */

import type { Message } from '@/common/messages'
import type { DeskMessage } from './model'

/** How loud a reason is in the list: by weight, not by colour, which belongs to the waiting time. */
export function reasonWeight(reason: string): 'urgent' | 'raised' | 'plain' {
  if (reason === 'safety_or_legal' || reason === 'complaint') return 'urgent'
  return reason === 'high_value' || reason === 'beyond_authority' ? 'raised' : 'plain'
}

const CARDS: Record<string, string> = {
  product: '[商品]',
  order: '[订单]',
  remedies: '[处理方案]',
  size_chart: '[尺码表]',
  compare: '[商品对比]',
  choices: '[选项]',
}

/** Why somebody waits, in a word: that she asked for a person says nothing, what it is about does. */
export function waitsFor(row: { reason: string | null; tag: string }, reasonName: (reason: string) => string): string {
  if (row.reason === 'requested' && row.tag) return row.tag.split(' · ')[0]
  return row.reason ? reasonName(row.reason) : ''
}

/** One line for a list: what was said last, and by whom when it was not the customer. */
export function linePreview(message: Message | null): string {
  if (!message) return '还没有消息'
  const said = message.text || (message.image ? '[图片]' : message.card ? (CARDS[message.card.type] ?? '[卡片]') : '')
  const by: Record<Message['sender'], string> = { customer: '', bot: '机器人：', agent: `${message.author || '客服'}：`, system: '' }
  return by[message.sender] + said.replace(/\s+/g, ' ')
}

/** Which script a bot's answer came from, for the small print; what the program calls its steps is not for agents. */
export function sourceText(message: DeskMessage): string {
  const source = message.source
  if (!source?.faq_id) return ''
  const parts = [`话术 ${source.faq_id}${source.script_id ? `#${source.script_id}` : ''}`]
  if (typeof source.score === 'number') parts.push(source.score.toFixed(2))
  return parts.join(' · ')
}

/** `原因：投诉` → its two halves; a line without a colon is all content. */
export function briefLine(line: string): { label: string; text: string } {
  const match = /^([^：:]{1,6})[：:]\s*(.+)$/s.exec(line)
  return match ? { label: match[1], text: match[2] } : { label: '', text: line }
}
