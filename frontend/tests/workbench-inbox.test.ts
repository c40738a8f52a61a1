import { ApiError } from '@/common/api'
import { Favourites } from '@/workbench/favourites'
import type { WorkbenchGateway } from '@/workbench/gateway'
import { createInbox } from '@/workbench/inbox'
import { inboxCommand } from '@/workbench/keys'
import type { Change, InboxItem } from '@/workbench/model'
import { beforeEach, describe, expect, it, vi } from 'vitest'

const item = (id: string): InboxItem => ({
  message_id: id, text: `话 ${id}`, count: 1, also: [], ranking: [], entities: [], words: [], reasons: ['uncertain'], value: 1, context: [], conversation_id: 'c', created_at: '',
})

describe('the inbox', () => {
  const onError = vi.fn()
  const gateway = { inbox: vi.fn(), label: vi.fn(), drop: vi.fn() }
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

  beforeEach(() => {
    vi.resetAllMocks()
    gateway.inbox.mockResolvedValue([item('a'), item('b'), item('c')])
    gateway.label.mockImplementation(async (message_id: string, intent: string | null) => ({ id: `change-${message_id}`, message_id, intent }) as Change)
    gateway.drop.mockResolvedValue({})
  })

  const opened = async () => {
    const inbox = createInbox(gateway as unknown as WorkbenchGateway, onError)
    await inbox.load()
    return inbox
  }

  it('shows the next message before the gateway has stored the decision', async () => {
    const inbox = await opened()
    gateway.label.mockReturnValue(new Promise(() => {}))
    inbox.decide('ask_size')
    expect(inbox.current.value?.message_id).toBe('b')
    expect(gateway.label).toHaveBeenCalledWith('a', 'ask_size', [], [])
    expect([inbox.left.value, inbox.done.value]).toEqual([2, 1])
  })

  it('takes a decision about a message further down, and the one on the screen stays', async () => {
    const inbox = await opened()
    inbox.decide('ask_size', [], [], inbox.items.value[2])
    expect(inbox.items.value.map(({ message_id }) => message_id)).toEqual(['a', 'b'])
    expect(gateway.label).toHaveBeenCalledWith('c', 'ask_size', [], [])
  })

  it('puts a message aside as a decision without an intent', async () => {
    const inbox = await opened()
    inbox.decide(null)
    expect(gateway.label).toHaveBeenCalledWith('a', null, [], [])
  })

  it('brings a message back to the front when its decision was not stored', async () => {
    const inbox = await opened()
    gateway.label.mockRejectedValueOnce(new ApiError(0, '网络不通'))
    inbox.decide('ask_size')
    await settled()
    expect(inbox.current.value?.message_id).toBe('a')
    expect(inbox.canUndo.value).toBe(false)
    expect(onError).toHaveBeenCalled()
  })

  it('takes the last decision back, however quickly after it', async () => {
    const inbox = await opened()
    inbox.decide('ask_size')
    inbox.decide('bargain')
    await inbox.undo()
    expect(gateway.drop).toHaveBeenCalledWith('change-b')
    expect(inbox.current.value?.message_id).toBe('b')
    await inbox.undo()
    expect(inbox.current.value?.message_id).toBe('a')
    expect(inbox.done.value).toBe(0)
  })

  it('labels other ways to say it in one decision, and takes them all back in one', async () => {
    const inbox = await opened()
    gateway.label.mockResolvedValueOnce({ id: 'change-a', message_id: 'a', intent: 'ask_size', also: ['change-x', 'change-y'] })
    inbox.decide('ask_size', ['x', 'y'])
    expect(gateway.label).toHaveBeenCalledWith('a', 'ask_size', ['x', 'y'], [])
    await inbox.undo()
    expect(gateway.drop.mock.calls.map(([id]) => id)).toEqual(['change-x', 'change-y', 'change-a'])
  })

  it('does not bring back what was decided while a fetch was on its way', async () => {
    const inbox = await opened()
    let arrive = (_items: InboxItem[]): void => {}
    gateway.inbox.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)))
    const loading = inbox.load()
    inbox.decide('ask_size')
    arrive([item('a'), item('b'), item('d')])
    await loading
    expect(inbox.items.value.map((each) => each.message_id)).toEqual(['b', 'd'])
  })

  it('keeps the message on the screen where it is when more valuable ones arrive', async () => {
    const inbox = await opened()
    gateway.inbox.mockResolvedValueOnce([item('x'), item('a'), item('b')])
    await inbox.load()
    expect(inbox.items.value.map((each) => each.message_id)).toEqual(['a', 'x', 'b'])
  })

  it('says what went wrong when it cannot be read', async () => {
    gateway.inbox.mockRejectedValueOnce(new ApiError(503, '服务暂时不可用'))
    const inbox = await opened()
    expect([inbox.state.value, inbox.error.value]).toEqual(['error', '服务暂时不可用'])
  })
})

describe('the keys of the inbox', () => {
  const press = (key: string, target: Element = document.body, part: KeyboardEventInit = {}): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key, ...part })
    Object.defineProperty(event, 'target', { value: target })
    return event
  }

  it('label with 1–9 and name the other decisions', () => {
    expect(inboxCommand(press('4'))).toEqual({ kind: 'pick', index: 3 })
    expect(inboxCommand(press('Enter'))).toEqual({ kind: 'confirm' })
    expect(inboxCommand(press('x'))).toEqual({ kind: 'aside' })
    expect(inboxCommand(press('a'))).toEqual({ kind: 'ways' })
    const tick = Object.assign(document.createElement('input'), { type: 'checkbox' })
    expect(inboxCommand(press('2', tick))).toEqual({ kind: 'pick', index: 1 })
    expect(inboxCommand(press('z', document.body, { ctrlKey: true }))).toEqual({ kind: 'undo' })
  })

  it('decide nothing while somebody types, holds a key down or presses a button with Enter', () => {
    expect(inboxCommand(press('1', document.createElement('input')))).toBeNull()
    expect(inboxCommand(press('1', document.body, { repeat: true }))).toBeNull()
    expect(inboxCommand(press('Enter', document.createElement('button')))).toBeNull()
    expect(inboxCommand(press('1', document.body, { ctrlKey: true }))).toBeNull()
  })
})

describe('the intents on keys 4–9', () => {
  const KNOWN = ['ask_size', 'bargain', 'inform', 'out_of_scope', 'chitchat', 'complain', 'ask_product_info', 'request_human', 'thank']

  it('are six that are not among the nearest three', () => {
    const six = new Favourites(KNOWN, null).beside(['inform', 'ask_size', 'bargain'])
    expect(six).toHaveLength(6)
    expect(six).not.toContain('inform')
  })

  it('stay where they are while the page is open and follow the trainer’s habit at the next visit', () => {
    localStorage.clear()
    const today = new Favourites(KNOWN, localStorage)
    const before = today.beside([])
    for (let n = 0; n < 3; n++) today.chose('thank')
    expect(today.beside([])).toEqual(before)
    expect(new Favourites(KNOWN, localStorage).beside([])[0]).toBe('thank')
  })
})
