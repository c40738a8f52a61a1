import type { Message } from '@/common/messages'
import { safeUrl } from '@/widget/dom'
import { NOTHING_SAID, type ConversationState } from '@/widget/state'
import { renderCard } from '@/widget/view/cards'
import { Composer } from '@/widget/view/composer'
import { Transcript } from '@/widget/view/transcript'
import { describe, expect, it, vi } from 'vitest'

const BASE = 'https://kefu.example'
const HOSTILE = '<img src=x onerror=alert(1)>'

const message = (seq: number, sender: Message['sender'], more: Partial<Message> = {}): Message => ({
  seq, id: `m${seq}`, sender, text: `第 ${seq} 句`, created_at: '2026-11-22T06:00:00.000Z', ...more,
})
const state = (messages: Message[], more: Partial<ConversationState> = {}): ConversationState => ({
  ...NOTHING_SAID, pending: [], isOffline: false, isAskingHuman: false, isLoading: false, notice: null, messages, ...more,
})
const tools = () => ({ base: () => BASE, press: vi.fn(), say: vi.fn(), retry: vi.fn(), discard: vi.fn(), unhelpful: vi.fn() })
const SETTING = { bot: '小二', welcome: null, isNewSubject: false }
const drawn = (given: ConversationState, questions: string[] = [], setting: Partial<typeof SETTING> = {}) => {
  const used = tools()
  const transcript = new Transcript(used)
  transcript.update(given, questions, { ...SETTING, ...setting })
  return { transcript, used, all: (name: string) => [...transcript.element.querySelectorAll<HTMLElement>(`[data-testid="${name}"]`)] }
}

describe('what a customer or a product says is text, never markup', () => {
  it('in bubbles, authors and buttons', () => {
    const { transcript, all } = drawn(state([message(1, 'bot', { text: HOSTILE, author: HOSTILE, buttons: [{ title: HOSTILE, payload: '/deny' }] })]))
    expect(transcript.element.querySelector('img')).toBeNull()
    expect(all('bubble')[0].textContent).toBe(HOSTILE)
  })

  it.each(['product', 'order', 'remedies', 'size_chart', 'compare', 'choices'])('in a card of type %s', (type) => {
    const line = { name: HOSTILE, variant: HOSTILE, quantity: 1, text: HOSTILE, time: HOSTILE, title: HOSTILE, detail: HOSTILE, payload: '/deny' }
    const card = { type, name: HOSTILE, title: HOSTILE, product: HOSTILE, state_text: HOSTILE, tags: [HOSTILE], columns: [HOSTILE], rows: [[HOSTILE]], lines: [line], trace: [line], options: [line] }
    const node = renderCard(card, { base: BASE, isActive: true, press: vi.fn() })
    expect(node?.querySelector('img')).toBeNull()
    expect(node?.textContent).toContain(HOSTILE)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '', null, 7])('does not follow %j', (url) => expect(safeUrl(url, BASE)).toBeNull())

  it('follows addresses relative to the gateway', () => expect(safeUrl('/shop-images/a.svg', BASE)).toBe(`${BASE}/shop-images/a.svg`))
})

describe('what the shop says on its own after a chat', () => {
  it('carries a quiet mark, also right behind another line of the bot', () => {
    const { all } = drawn(state([message(1, 'bot', { author: '小二' }), message(2, 'bot', { author: '小二', kind: 'follow_up' })]))
    expect(all('message').map((row) => row.getAttribute('data-kind'))).toEqual([null, 'follow_up'])
    expect(all('message')[1].textContent).toContain('机器人 小二，接着上次聊')
    expect(all('message')[0].textContent).not.toContain('接着上次聊')
  })
})

describe('buttons', () => {
  const offer = message(1, 'bot', { buttons: [{ title: '就要 M', payload: '/inform{"size":"M"}' }] })

  it('send their payload, shown as what they say', () => {
    const { all, used } = drawn(state([offer]))
    all('chat-button')[0].click()
    expect(used.press).toHaveBeenCalledWith({ title: '就要 M', payload: '/inform{"size":"M"}' })
  })

  it('go when the customer has answered', () => {
    expect(drawn(state([offer, message(2, 'customer')])).all('chat-button')).toEqual([])
  })

  it('go when a person has taken over, for the bot would not hear them', () => {
    expect(drawn(state([offer], { owner: 'human' })).all('chat-button')).toEqual([])
  })

  it("give way to the page's own questions until something was said", () => {
    const { all } = drawn(state([offer]), ['穿多大码？'])
    expect(all('chat-button')).toEqual([])
    expect(all('quick-question').map((button) => button.textContent)).toEqual(['穿多大码？'])
    expect(drawn(state([offer, message(2, 'customer')]), ['穿多大码？']).all('quick-question')).toEqual([])
  })
})

describe("the page's questions come back", () => {
  const talked = [message(1, 'bot'), message(2, 'customer'), message(3, 'bot')]
  const asked = (messages: Message[], isNewSubject: boolean) => drawn(state(messages), ['什么时候发货？'], { isNewSubject }).all('quick-question').length

  it('when she turns to another product or order', () => expect(asked(talked, true)).toBe(1))
  it('not while she stays with the same', () => expect(asked(talked, false)).toBe(0))
  it('not between the bot and the answer it waits for', () => {
    expect(asked([...talked, message(4, 'bot', { buttons: [{ title: '要', payload: '/affirm' }] })], true)).toBe(0)
    expect(asked([...talked, message(4, 'bot', { card: { type: 'remedies', options: [] } })], true)).toBe(0)
  })
})

describe('an answer that was no help', () => {
  const talked = [message(1, 'bot'), message(2, 'customer'), message(3, 'bot')]

  it('can be told so, the newest one', () => {
    const { all, used } = drawn(state(talked))
    expect(all('unhelpful')).toHaveLength(1)
    all('unhelpful')[0].click()
    expect(used.unhelpful).toHaveBeenCalledWith(3)
  })

  it.each([
    ['of a greeting', state([message(1, 'bot')])],
    ['once a person is there', state(talked, { owner: 'human' })],
    ['of a follow-up nobody asked for', state([...talked, message(4, 'bot', { kind: 'follow_up' })])],
  ])('is not asked about %s', (_case, given) => expect(drawn(given).all('unhelpful')).toEqual([]))
})

describe('the transcript', () => {
  it('keeps a bubble that has not changed, so that a reader is not read the whole chat again', () => {
    const { transcript, all } = drawn(state([message(1, 'bot')]))
    const before = all('bubble')[0]
    transcript.update(state([message(1, 'bot'), message(2, 'bot')]), [], SETTING)
    expect(all('bubble')).toHaveLength(2)
    expect(all('bubble')[0]).toBe(before)
  })

  it.each([
    ['已发送', { delivered: 0, read: 0 }],
    ['已送达', { delivered: 2, read: 0 }],
    ['已读', { delivered: 2, read: 2 }],
  ])('says %s under her last words, and no more than that', (words, marks) => {
    const { all } = drawn(state([message(1, 'bot'), message(2, 'customer')], { owner: 'human', marks }))
    expect(all('mark').map((mark) => mark.textContent)).toEqual([words])
  })

  it('has no mark where somebody has answered', () => {
    expect(drawn(state([message(1, 'customer'), message(2, 'agent')])).all('mark')).toEqual([])
  })

  it('offers to send again what was not sent', () => {
    const pending = [{ clientId: 'a', text: '在吗', state: 'failed' as const, reason: '网络不通', createdAt: '' }]
    const { all, used } = drawn(state([], { pending }))
    all('retry')[0].click()
    expect(used.retry).toHaveBeenCalledWith('a')
  })
})

describe('the text field', () => {
  const composer = () => {
    const actions = { say: vi.fn(), sendImage: vi.fn(), askHuman: vi.fn(), showOrders: vi.fn(), complain: vi.fn(), draft: vi.fn(), pictured: vi.fn() }
    const made = new Composer(actions)
    document.body.append(made.element)
    made.input.value = '我165'
    const press = (init: KeyboardEventInit) => made.input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }))
    return { made, actions, press }
  }

  it('sends at Enter', () => {
    const { actions, press, made } = composer()
    press({})
    expect(actions.say).toHaveBeenCalledWith('我165')
    expect(made.input.value).toBe('')
  })

  it.each([
    ['an input method is composing', { isComposing: true }],
    ['an input method has just ended, as Safari tells it', { keyCode: 229 } as KeyboardEventInit],
    ['Shift asks for a new line', { shiftKey: true }],
  ])('does not send at Enter while %s', (_case, init) => {
    const { actions, press } = composer()
    press(init)
    expect(actions.say).not.toHaveBeenCalled()
  })

  it('keeps 转人工 in sight whoever has the conversation', () => {
    const { made } = composer()
    made.update('queued', false)
    const human = made.element.querySelector<HTMLButtonElement>('[data-testid="human"]')
    expect(human?.hidden).toBe(false)
    expect(human?.textContent).toBe('排队中')
    made.update('human', false)
    expect([human?.textContent, human?.disabled]).toEqual(['已转人工', true])
    made.update('bot', false)
    expect([human?.textContent, human?.disabled]).toEqual(['转人工', false])
  })
})

describe('a comparison', () => {
  it('keeps the place above its first column, so that every head stands over its own goods', () => {
    const card = { type: 'compare', columns: ['', '短款', '长款'], rows: [['价格', '389 元', '699 元']] }
    const node = renderCard(card, { base: BASE, isActive: true, press: vi.fn() }) as HTMLElement
    const [head, body] = [...node.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent))
    expect(head).toEqual(['', '短款', '长款'])
    expect(body).toEqual(['价格', '389 元', '699 元'])
  })
})

describe('while she waits for a person', () => {
  const offer = message(1, 'bot', { buttons: [{ title: '就要 M', payload: '/inform{"size":"M"}' }] })
  const waiting = (agents_online: number) => state([offer], { owner: 'queued', queue: { position: 1, eta_seconds: null, agents_online } })

  it('the bot goes on answering with buttons if nobody is on duty', () => expect(drawn(waiting(0)).all('chat-button')).toHaveLength(1))
  it('and is silent once somebody is', () => expect(drawn(waiting(1)).all('chat-button')).toHaveLength(0))
})

describe('a picture that has gone', () => {
  it('of goods leaves a quiet sign', () => {
    const node = renderCard({ type: 'product', name: '围巾', price: '99', image: '/shop-images/gone.svg' }, { base: BASE, isActive: true, press: vi.fn() }) as HTMLElement
    node.querySelector('img')?.dispatchEvent(new Event('error'))
    expect([node.querySelector('img'), node.querySelectorAll('.no-image').length]).toEqual([null, 1])
  })

  it('of hers can still be opened', () => {
    const { all } = drawn(state([message(1, 'customer', { text: '', image: '/uploads/gone.jpg' })]))
    all('picture')[0].dispatchEvent(new Event('error'))
    expect(all('lost-picture')[0].closest('a')?.getAttribute('href')).toBe(`${BASE}/uploads/gone.jpg`)
  })
})
