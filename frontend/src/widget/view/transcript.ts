/** The transcript: bubbles, lines of the system, buttons, cards; redrawn item by item, only where something changed. */

import type { ChatButton, Message } from '@/common/messages'
import { dayAndClock } from '@/common/time'
import type { Marks } from '../gateway'
import type { Pending } from '../outbox'
import { isBotAnswering, type ConversationState } from '../state'
import { h, icon, place, safeUrl } from '../dom'
import { drawPicture } from '@/common/picture'
import { renderCard } from './cards'

export interface TranscriptTools {
  base: () => string
  press: (button: ChatButton) => void
  say: (text: string) => void
  retry: (clientId: string) => void
  discard: (clientId: string) => void
  /** The bot's answer `seq` was no help. */
  unhelpful: (seq: number) => void
}

/** Bots and people answer; until they do, the last thing she said carries one of these. */
const MARK_WORDS = { sent: '已发送', delivered: '已送达', read: '已读' }
const PAUSE = 5 * 60_000

interface Item {
  key: string
  /** Redrawn when this changes. */
  print: string
  draw: () => HTMLElement
}

export interface Setting {
  bot: string
  /** The shop's own words before the gateway has answered. */
  welcome: string | null
  /** She has said nothing yet about what the chat is about now. */
  isNewSubject: boolean
}

export class Transcript {
  readonly element = h('div', { class: 'log', attrs: { role: 'log', 'aria-live': 'polite', 'aria-label': '聊天记录', 'data-testid': 'transcript' } })
  /** What she said last, if only the bot has spoken since. */
  answered: HTMLElement | null = null
  private ownButtons = true
  private readonly drawn = new Map<string, { print: string; node: HTMLElement }>()
  private readonly tools: TranscriptTools

  constructor(tools: TranscriptTools) {
    this.tools = tools
  }

  /** `questions` stand in for the greeting's buttons until the customer has said something; later they come back where
   * she has turned to something new (`isNewSubject`) and no question of the bot is open. */
  update(state: ConversationState, questions: string[], { bot, welcome, isNewSubject }: Setting): void {
    const hasSpoken = state.pending.length > 0 || state.messages.some((message) => message.sender === 'customer')
    this.ownButtons = hasSpoken || !questions.length
    const items = [...this.messages(state), ...state.pending.map((pending, index) => this.pending(pending, startsGroup(state, index)))]
    const nodes = items.map((item) => this.node(item))
    for (const key of this.drawn.keys()) if (/^(seq|pending|time)-/.test(key) && !items.some((item) => item.key === key)) this.drawn.delete(key)
    if (!state.messages.length && !state.isLoading) nodes.unshift(this.welcome(bot, welcome))
    const mayAsk = !hasSpoken || (isNewSubject && !state.pending.length && !state.isTyping && !isOpenQuestion(state.messages))
    if (mayAsk && !state.isLoading && state.owner === 'bot') nodes.push(this.questions(questions))
    if (state.isTyping || state.isLoading) nodes.push(this.typing)
    place(this.element, nodes)
    this.answered = this.lastAnswered(state)
  }

  private lastAnswered({ messages, pending, owner }: ConversationState): HTMLElement | null {
    const last = messages.findLast((message) => message.sender === 'customer')
    const isBots = owner === 'bot' && !pending.length && messages.at(-1)?.sender === 'bot'
    return (isBots && last && this.drawn.get(`seq-${last.seq}`)?.node) || null
  }

  private readonly typing = h(
    'div',
    { class: 'typing', attrs: { role: 'status', 'aria-label': '对方正在输入', 'data-testid': 'typing', part: 'typing' } },
    h('i'),
    h('i'),
    h('i'),
  )

  /** Before the gateway has answered, or when it cannot. */
  private welcome(bot: string, welcome: string | null): HTMLElement {
    return this.node({
      key: 'welcome',
      print: `${bot}|${welcome}`,
      draw: () => h('div', { class: 'welcome' }, h('h2', {}, '您好，请说'), h('p', {}, welcome ?? `${bot}在这里，商品、发货、售后都可以问`)),
    })
  }

  private questions(questions: string[]): HTMLElement {
    const ask = (text: string): HTMLElement =>
      h('button', { class: 'chip', attrs: { type: 'button', 'data-testid': 'quick-question', part: 'question' }, on: { click: () => this.tools.say(text) } }, text)
    return this.node({
      key: 'questions',
      print: questions.join('|'),
      draw: () => h('div', { class: 'buttons', attrs: { role: 'group', 'aria-label': '常问的问题' } }, ...questions.map(ask)),
    })
  }

  private node(item: Item): HTMLElement {
    const known = this.drawn.get(item.key)
    if (known?.print === item.print) return known.node
    const node = item.draw()
    this.drawn.set(item.key, { print: item.print, node })
    return node
  }

  private messages(state: ConversationState): Item[] {
    const items: Item[] = []
    const lastSaid = state.messages.reduce((last, message) => (message.sender === 'customer' ? message.seq : last), 0)
    const marked = state.owner === 'closed' ? null : lastUnanswered(state.messages)
    const doubtful = lastAnswer(state)
    state.messages.forEach((message, index) => {
      const before = state.messages[index - 1] as Message | undefined
      const paused = !before || new Date(message.created_at).getTime() - new Date(before.created_at).getTime() > PAUSE
      if (paused) items.push(timeItem(message))
      const isFirst = paused || before?.sender !== message.sender || before.author !== message.author || before.kind !== message.kind
      const isActive = message.seq > lastSaid && !state.pending.length && mayAnswer(message, state)
      const foot: Foot = message.seq === marked ? markOf(marked, state.marks) : message.seq === doubtful ? 'unhelpful' : null
      items.push({
        key: `seq-${message.seq}`,
        print: JSON.stringify([message, isFirst, isActive, this.ownButtons, foot]),
        draw: () => (message.sender === 'system' ? systemLine(message) : this.message(message, isFirst, isActive, foot)),
      })
    })
    return items
  }

  private message(message: Message, isFirst: boolean, isActive: boolean, foot: Foot): HTMLElement {
    const row = h('div', { class: 'row', attrs: rowAttributes(message.sender, isFirst) })
    row.setAttribute('data-seq', String(message.seq))
    if (isFirst || message.kind === 'follow_up') row.append(authorLine(message))
    if (message.kind === 'follow_up') row.setAttribute('data-kind', 'follow_up')
    if (message.text) row.append(bubble(message.text))
    const image = safeUrl(message.image, this.tools.base())
    if (image) row.append(picture(image))
    const card = message.card && renderCard(message.card, { base: this.tools.base(), isActive, press: (title, payload) => this.tools.press({ title, payload }) })
    if (card) row.append(card)
    if (isActive && this.ownButtons && message.buttons?.length) row.append(this.buttons(message.buttons))
    if (foot === 'unhelpful') row.append(this.unhelpful(message.seq))
    else if (foot) row.append(h('div', { class: 'state', attrs: { 'data-mark': foot, 'data-testid': 'mark' } }, MARK_WORDS[foot]))
    return row
  }

  private buttons(buttons: ChatButton[]): HTMLElement {
    const list = h('div', { class: 'buttons', attrs: { role: 'group', 'aria-label': '快捷回复' } })
    for (const button of buttons) {
      list.append(
        h('button', { class: 'chip', attrs: { type: 'button', 'data-testid': 'chat-button', part: 'button' }, on: { click: () => this.tools.press(button) } }, button.title),
      )
    }
    return list
  }

  private unhelpful(seq: number): HTMLElement {
    const mark = (): void => this.tools.unhelpful(seq)
    return h('button', { class: 'unhelpful', attrs: { type: 'button', 'aria-label': '这条没帮到我，请人工来看', 'data-testid': 'unhelpful' }, on: { click: mark } }, '没帮到我')
  }

  private pending(pending: Pending, isFirst: boolean): Item {
    return {
      key: `pending-${pending.clientId}`,
      print: JSON.stringify([pending.state, pending.reason, isFirst, Boolean(pending.image)]),
      draw: () => {
        const row = h('div', { class: 'row', attrs: { ...rowAttributes('customer', isFirst), 'data-state': pending.state } })
        row.append(pending.image ? drawPicture(pending.image, 'picture') : bubble(pending.text || '图片'))
        row.append(pending.state === 'failed' ? this.failure(pending) : h('div', { class: 'state' }, '发送中'))
        return row
      },
    }
  }

  private failure(pending: Pending): HTMLElement {
    return h(
      'div',
      { class: 'state', attrs: { 'data-state': 'failed', role: 'alert' } },
      h('span', {}, `没有发出去，${pending.reason ?? '请重试'}`),
      h(
        'span',
        {},
        h('button', { class: 'link', attrs: { type: 'button', 'data-testid': 'retry' }, on: { click: () => this.tools.retry(pending.clientId) } }, '重新发送'),
        h('button', { class: 'link', attrs: { type: 'button', 'data-testid': 'discard' }, on: { click: () => this.tools.discard(pending.clientId) } }, '删除'),
      ),
    )
  }
}

/** The bot waits for one of its buttons or options. */
function isOpenQuestion(messages: readonly Message[]): boolean {
  const last = messages[messages.length - 1]
  return Boolean(last?.buttons?.length) || ['choices', 'remedies'].includes(last?.card?.type ?? '')
}

type Mark = keyof typeof MARK_WORDS

/** Her last message, if nobody has answered it; a person's or the bot's words say more than a mark. */
function lastUnanswered(messages: readonly Message[]): number | null {
  const spoken = messages.filter((message) => message.sender !== 'system')
  const last = spoken[spoken.length - 1]
  return last?.sender === 'customer' ? last.seq : null
}

type Foot = Mark | 'unhelpful' | null

/** The bot's newest answer to something she said, while she may still ask for better. */
function lastAnswer({ messages, owner, pending, isAskingHuman }: ConversationState): number | null {
  const last = messages[messages.length - 1]
  const isAnswer = last?.sender === 'bot' && last.kind !== 'follow_up' && messages.some((message) => message.sender === 'customer')
  return isAnswer && owner === 'bot' && !pending.length && !isAskingHuman ? last.seq : null
}

function markOf(seq: number, marks: Marks): Mark {
  return marks.read >= seq ? 'read' : marks.delivered >= seq ? 'delivered' : 'sent'
}

/** Small in the chat, in full in its own tab. */
function picture(address: string): HTMLElement {
  const image = h('img', { class: 'picture', attrs: { src: address, alt: '图片', part: 'picture', 'data-testid': 'picture' } })
  image.addEventListener('error', () => image.replaceWith(h('span', { class: 'lost-picture', attrs: { 'data-testid': 'lost-picture' } }, icon('image'), '图片没加载出来，点开看看')))
  return h('a', { class: 'picture-link', attrs: { href: address, target: '_blank', rel: 'noopener', 'aria-label': '查看大图' } }, image)
}

/** A button is answered by whoever showed it, while they still have the conversation. */
function mayAnswer(message: Message, state: ConversationState): boolean {
  return message.sender === 'agent' ? state.owner === 'human' : isBotAnswering(state)
}

function startsGroup(state: ConversationState, index: number): boolean {
  return index === 0 && state.messages[state.messages.length - 1]?.sender !== 'customer'
}

function rowAttributes(sender: string, isFirst: boolean): Record<string, string | boolean> {
  return { 'data-sender': sender, 'data-first': isFirst, 'data-testid': 'message', part: `message message-${sender}` }
}

function bubble(text: string): HTMLElement {
  return h('div', { class: 'bubble', attrs: { 'data-testid': 'bubble', part: 'bubble' } }, text)
}

/** The customer knows who she is; a screen reader still says it. */
function authorLine(message: Message): HTMLElement {
  if (message.sender === 'customer') return h('span', { class: 'hidden' }, '我说')
  const role = message.sender === 'agent' ? '客服' : '机器人'
  const name = message.author ? `${role} ${message.author}` : role
  // Nobody has asked: she sees at once that the shop came up with it.
  return message.kind === 'follow_up' ? h('div', { class: 'author' }, name, h('span', { class: 'hidden' }, '，'), h('span', { class: 'quiet' }, '接着上次聊')) : h('div', { class: 'author' }, name)
}

function systemLine(message: Message): HTMLElement {
  return h('div', { class: 'system', attrs: { 'data-sender': 'system', 'data-testid': 'message', 'data-seq': message.seq, part: 'message message-system' } }, message.text)
}

function timeItem(message: Message): Item {
  const words = dayAndClock(message.created_at)
  return { key: `time-${message.seq}`, print: words, draw: () => h('div', { class: 'time' }, words) }
}

