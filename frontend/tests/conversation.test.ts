import { ApiError } from '@/common/api'
import type { Message } from '@/common/messages'
import { Conversation } from '@/widget/conversation'
import { readPush, type Gateway, type LiveHandlers, type Outgoing, type Snapshot } from '@/widget/gateway'
import { Memory } from '@/widget/memory'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** A gateway that keeps a transcript, answers like the real one, and fails when told to. */
class FakeGateway {
  transcript: Message[] = []
  seen = new Map<string, Message>()
  owner: Snapshot['owner'] = 'bot'
  failures: ApiError[] = []
  sessions = 0
  live!: LiveHandlers
  typed = 0
  readTo: number[] = []

  asGateway(): Gateway {
    return {
      open: async () => {
        this.fail()
        this.sessions++
        this.store('bot', '您好')
        return { conversation_id: 'c', token: `t${this.sessions}`, ...this.snapshot(0) }
      },
      send: async (_token: string, { client_id, text }: Outgoing) => {
        const before = this.transcript.length
        const known = this.seen.get(client_id)
        if (!known) {
          this.seen.set(client_id, this.store('customer', text, client_id))
          this.store('bot', `答：${text}`)
        }
        this.fail() // stored, but the answer is lost on the way
        return this.snapshot(known ? known.seq - 1 : before)
      },
      after: async (_token: string, seq: number) => {
        this.fail()
        return this.snapshot(seq)
      },
      askHuman: async () => {
        this.owner = 'queued'
        return { ...this.snapshot(this.transcript.length), queue: { position: 2, eta_seconds: 60 } }
      },
      unhelpful: async (_token: string, seq: number) => {
        this.owner = 'queued'
        this.store('system', `为第 ${seq} 条转人工`)
        return this.snapshot(seq)
      },
      rate: async () => undefined,
      live: (_token: string, handlers: LiveHandlers) => {
        this.live = handlers
        return { start: () => handlers.onState('open'), stop: () => {}, send: (frame: { type: string; seq?: number }) => this.hear(frame) }
      },
    } as unknown as Gateway
  }

  store(sender: Message['sender'], text: string, client_id: string | null = null): Message {
    const message = { seq: this.transcript.length + 1, id: `m${this.transcript.length + 1}`, sender, text, client_id, created_at: '2026-11-22T06:00:00.000Z' }
    this.transcript.push(message)
    return message
  }

  snapshot(after: number): Snapshot {
    return { owner: this.owner, queue: null, messages: this.transcript.filter((message) => message.seq > after) }
  }

  private hear(frame: { type: string; seq?: number }): boolean {
    if (frame.type === 'seen') this.readTo.push(frame.seq ?? 0)
    else this.typed++
    return true
  }

  private fail(): void {
    const failure = this.failures.shift()
    if (failure) throw failure
  }
}

const NO_LINE = new ApiError(0, '网络不通')
let gateway: FakeGateway
let open: Conversation[]

function enter(customer = 'c-zhou'): Conversation {
  const conversation = new Conversation(gateway.asGateway(), new Memory('', customer), () => {})
  open.push(conversation)
  conversation.start()
  return conversation
}

const texts = (conversation: Conversation): string[] => conversation.state.messages.map((message) => message.text)
const settled = (): Promise<void> => vi.waitFor(() => expect(open.every(({ state }) => state.pending.every(({ state: is }) => is !== 'sending'))).toBe(true))

beforeEach(() => {
  localStorage.clear()
  gateway = new FakeGateway()
  open = []
})
afterEach(() => open.forEach((conversation) => conversation.stop()))

describe('a customer writes', () => {
  it('opens the conversation with her first sentence and shows the answer', async () => {
    const conversation = enter()
    conversation.say('  穿什么码 ')
    await settled()
    expect(texts(conversation)).toEqual(['您好', '穿什么码', '答：穿什么码'])
    expect(conversation.state.pending).toEqual([])
  })

  it('sends three quick sentences in the order they were written', async () => {
    const conversation = enter()
    for (const text of ['在吗', '我165', '110斤']) conversation.say(text)
    await settled()
    expect(texts(conversation).filter((text) => !text.startsWith('答'))).toEqual(['您好', '在吗', '我165', '110斤'])
    expect(gateway.sessions).toBe(1)
  })

  it('says nothing when there is nothing to say', () => {
    const conversation = enter()
    conversation.say('   ')
    expect(conversation.state.pending).toEqual([])
  })
})

describe('the line is lost after the gateway has stored the message', () => {
  it('shows it as not sent, and sending again neither doubles it nor its answer', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.failures = [NO_LINE, NO_LINE]
    conversation.say('拉链坏了')
    await settled()
    expect(conversation.state.pending[0]).toMatchObject({ state: 'failed', reason: '网络不通' })
    conversation.retry(conversation.state.pending[0].clientId)
    await settled()
    expect(texts(conversation)).toEqual(['您好', '拉链坏了', '答：拉链坏了'])
    expect(gateway.transcript).toHaveLength(3)
  })

  it('finds by itself that it was stored, when only that one request was lost', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.failures = [NO_LINE]
    conversation.say('拉链坏了')
    await vi.waitFor(() => expect(texts(conversation)).toEqual(['您好', '拉链坏了', '答：拉链坏了']))
    expect(conversation.state.pending).toEqual([])
    expect(conversation.state.isOffline).toBe(false)
  })

  it('takes the message for sent when another way brings it', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.failures = [NO_LINE, NO_LINE]
    conversation.say('拉链坏了')
    await settled()
    gateway.live.onPush(readPush({ type: 'message', message: gateway.transcript[1] })!)
    expect(conversation.state.pending).toEqual([])
  })

  it('sends what waited when the network comes back', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.failures = [NO_LINE, NO_LINE]
    conversation.say('在吗')
    await settled()
    window.dispatchEvent(new Event('online'))
    await settled()
    expect(texts(conversation)).toContain('答：在吗')
  })

  it('lets her take back what could not be sent', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.failures = [new ApiError(422, '这个按钮已失效')]
    conversation.press({ title: '就要 M', payload: '/inform{"size":"M"}' })
    await settled()
    conversation.discard(conversation.state.pending[0].clientId)
    expect(conversation.state.pending).toEqual([])
  })
})

describe('the page is loaded again', () => {
  it('finds the chat where it was, without a new conversation', async () => {
    enter().say('穿什么码')
    await settled()
    const again = enter()
    await vi.waitFor(() => expect(texts(again)).toEqual(['您好', '穿什么码', '答：穿什么码']))
    expect(gateway.sessions).toBe(1)
  })

  it('sends a sentence that was still on its way, once', async () => {
    const first = enter()
    await first.greet()
    gateway.failures = [NO_LINE, NO_LINE]
    first.say('在吗')
    await settled()
    first.stop()
    open = []
    const again = enter()
    await settled()
    await vi.waitFor(() => expect(texts(again)).toEqual(['您好', '在吗', '答：在吗']))
    expect(gateway.transcript).toHaveLength(3)
  })

  it("never shows another customer's chat", async () => {
    enter('c-zhou').say('我的订单')
    await settled()
    expect(texts(enter('c-li'))).toEqual([])
  })
})

describe('what is pushed', () => {
  it('fetches what is missing when a sentence was skipped', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.store('agent', '一')
    gateway.store('agent', '二')
    gateway.live.onPush(readPush({ type: 'message', message: gateway.transcript[2] })!)
    await vi.waitFor(() => expect(texts(conversation)).toEqual(['您好', '一', '二']))
  })

  it('fetches again when the gateway says that events were lost', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.store('agent', '一')
    gateway.live.onPush(readPush({ type: 'resync' })!)
    await vi.waitFor(() => expect(texts(conversation)).toEqual(['您好', '一']))
  })

  it('asks for nothing when the line comes back and tells by itself what was missed', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.store('agent', '一')
    gateway.live.onPush(readPush({ type: 'hello', recovered: true })!)
    await settled()
    expect(texts(conversation)).toEqual(['您好'])
    gateway.live.onPush(readPush({ type: 'message', message: gateway.transcript[1] })!)
    expect(texts(conversation)).toEqual(['您好', '一'])
  })

  it('begins anew when the shop remembers less than this page', async () => {
    const conversation = enter()
    conversation.say('在吗')
    await settled()
    gateway.transcript = gateway.transcript.slice(0, 1) // a backup was restored
    gateway.live.onPush(readPush({ type: 'hello', recovered: false })!)
    await vi.waitFor(() => expect(texts(conversation)).toEqual(['您好']))
  })

  it('resumes from the last message without a hole', async () => {
    const conversation = enter()
    conversation.say('在吗')
    await settled()
    expect(gateway.live.after()).toBe(3)
  })

  it('names the agent who has taken over, and forgets the queue', async () => {
    const conversation = enter()
    await conversation.askHuman()
    expect(conversation.state).toMatchObject({ owner: 'queued', queue: { position: 2 } })
    gateway.live.onPush(readPush({ type: 'owner', owner: 'human', agent: '小林' })!)
    expect(conversation.state).toMatchObject({ owner: 'human', agent: '小林', queue: null })
  })

  it('keeps the newer owner when the news of an older one comes late', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.live.onPush(readPush({ type: 'owner', owner: 'human', version: 3, agent: '小林' })!)
    gateway.live.onPush(readPush({ type: 'owner', owner: 'queued', version: 2, agent: null })!)
    expect(conversation.state).toMatchObject({ owner: 'human', agent: '小林' })
    gateway.live.onPush(readPush({ type: 'owner', owner: 'bot', version: 4, agent: null })!)
    expect(conversation.state).toMatchObject({ owner: 'bot', agent: null })
  })

  it('is news only when it came while the page was open', async () => {
    enter().say('在吗')
    await settled()
    const onNews = vi.fn()
    const again = new Conversation(gateway.asGateway(), new Memory('', 'c-zhou'), () => {}, { onNews })
    open.push(again)
    again.start()
    await vi.waitFor(() => expect(again.state.messages).toHaveLength(3))
    expect(onNews).not.toHaveBeenCalled()
    gateway.live.onPush(readPush({ type: 'message', message: gateway.store('agent', '您好') })!)
    expect(onNews).toHaveBeenCalledOnce()
  })

  it('says how far her words have come', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.live.onPush(readPush({ type: 'marks', delivered: 3, read: 2 })!)
    expect(conversation.state.marks).toEqual({ delivered: 3, read: 2 })
  })

  it('brings a person when an answer was no help', async () => {
    const conversation = enter()
    conversation.say('在吗')
    await settled()
    await conversation.askHuman(3)
    expect(conversation.state.owner).toBe('queued')
    expect(texts(conversation)).toContain('为第 3 条转人工')
  })

  it.each([null, 'hello', {}, { type: 'pong' }, { type: 'message' }])('ignores %j', (event) => expect(readPush(event)).toBeNull())
})

describe('a conversation that the gateway no longer knows', () => {
  it('carries the sentence over into a new one', async () => {
    const conversation = enter()
    await conversation.greet()
    gateway.transcript = []
    gateway.failures = [new ApiError(401, '会话已过期')]
    gateway.seen.clear()
    conversation.say('在吗')
    await settled()
    expect(gateway.sessions).toBe(2)
    expect(conversation.state.pending).toEqual([])
  })

  it('does not try for ever', async () => {
    const conversation = enter()
    gateway.failures = Array.from({ length: 20 }, () => new ApiError(401, '会话已过期'))
    conversation.say('在吗')
    await settled()
    expect(conversation.state.pending[0]?.state).toBe('failed')
  })
})

describe('what she has read', () => {
  it('is told once, never less than before, and again at a new connection', async () => {
    const conversation = enter()
    await conversation.greet()
    conversation.seen(1)
    conversation.seen(1)
    conversation.seen(3)
    conversation.seen(2)
    expect(gateway.readTo).toEqual([1, 3])
    gateway.live.onOpen()
    expect(gateway.readTo).toEqual([1, 3, 3])
  })
})

describe('the end', () => {
  const move = (owner: Snapshot['owner']): void => {
    gateway.owner = owner
    gateway.live.onPush(readPush({ type: 'owner', owner })!)
  }
  const ended = async (): Promise<Conversation> => {
    const conversation = enter()
    conversation.say('在吗')
    await settled()
    move('closed')
    return conversation
  }

  it('asks once how it was, and a skip is an answer', async () => {
    const conversation = await ended()
    expect(conversation.state.wantsRating).toBe(true)
    await conversation.rate(null)
    expect(conversation.state.wantsRating).toBe(false)
  })

  it('does not ask somebody who has only looked in', async () => {
    const conversation = enter()
    await conversation.greet()
    move('closed')
    expect(conversation.state.wantsRating).toBe(false)
  })

  it('does not ask again when the page is loaded again', async () => {
    await (await ended()).rate(5)
    const again = enter()
    await vi.waitFor(() => expect(again.state.owner).toBe('closed'))
    expect(again.state.wantsRating).toBe(false)
  })

  it('asks again after a conversation that went on', async () => {
    const conversation = await ended()
    await conversation.rate(5)
    move('bot')
    conversation.say('还有一个问题')
    await settled()
    move('closed')
    expect(conversation.state.wantsRating).toBe(true)
  })
})

it('tells the desk that she is writing only while people read, and not at every key', async () => {
  const conversation = enter()
  await conversation.greet()
  conversation.typing()
  expect(gateway.typed).toBe(0)
  await conversation.askHuman()
  conversation.typing()
  conversation.typing()
  expect(gateway.typed).toBe(1)
})
