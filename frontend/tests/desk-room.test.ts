import { ApiError } from '@/common/api'
import type { DeskGateway } from '@/desk/gateway'
import type { DeskMessage, Detail, ListedJson } from '@/desk/model'
import { createRoom } from '@/desk/room'
import { beforeEach, describe, expect, it, vi } from 'vitest'

function message(seq: number, part: Partial<DeskMessage> = {}): DeskMessage {
  return { seq, id: `m${seq}`, sender: 'customer', text: `第 ${seq} 句`, created_at: '2026-11-22T06:00:00Z', client_id: null, ...part }
}

function detail(part: Partial<Detail> = {}): Detail {
  return {
    id: 'c1', owner: 'human', version: 4, agent: 'xiaolin', agent_name: '小林',
    customer: { id: 'c', name: '周女士', level: 'gold', is_verified: true },
    context: { product_id: null, order_id: null, page: null }, handoff: null, waiting_since: null, waited_seconds: null,
    tag: '', created_at: '', updated_at: '', closed_at: null, product: null, order: null, orders: [],
    transcript: [message(1)], question: '', live: {}, suggestions: [], promises: [], notes: [], tags: [], rating: null, ...part,
  }
}

describe('the open conversation', () => {
  const onConflict = vi.fn()
  const onError = vi.fn()
  let stored: Detail
  const gateway = {
    detail: vi.fn(async (id: string) => ({ ...stored, id })),
    take: vi.fn(),
    say: vi.fn(),
    sayPicture: vi.fn(),
  }
  const open = async (part: Partial<Detail> = {}) => {
    stored = detail(part)
    const room = createRoom(gateway as unknown as DeskGateway, 'xiaolin', { onConflict, onError })
    await room.open('c1')
    return room
  }

  beforeEach(() => {
    vi.useFakeTimers()
    onConflict.mockReset()
    onError.mockReset()
    gateway.take.mockReset()
    gateway.say.mockReset()
    gateway.sayPicture.mockReset()
  })

  it('is taken with the version that was seen', async () => {
    const room = await open({ owner: 'queued', agent: null })
    gateway.take.mockResolvedValue({ owner: 'human', version: 5, agent: 'xiaolin' })
    expect(await room.take()).toBe(true)
    expect(gateway.take).toHaveBeenCalledWith('c1', 4)
    expect(room.isMine.value).toBe(true)
  })

  it('tells who was quicker and shows who has it now', async () => {
    const room = await open({ owner: 'queued', agent: null })
    gateway.take.mockRejectedValue(new ApiError(409, '这个会话已由客服阿青接待'))
    stored = detail({ agent: 'aqing', agent_name: '阿青', version: 5 })
    expect(await room.take()).toBe(false)
    expect(onConflict).toHaveBeenCalledWith('这个会话已由客服阿青接待')
    expect(room.isMine.value).toBe(false)
    expect(room.detail.value?.agent_name).toBe('阿青')
  })

  it('shows a reply at once and replaces it by the stored one', async () => {
    const room = await open()
    gateway.say.mockImplementation(async (_id, text, client_id) => ({
      owner: 'human', version: 4, agent: 'xiaolin', message: message(2, { sender: 'agent', text, client_id }),
    }))
    room.say('马上帮您看')
    expect(room.outgoing.value.map((each) => each.state)).toEqual(['sending'])
    await vi.advanceTimersByTimeAsync(0)
    expect(room.outgoing.value).toEqual([])
    expect(room.messages.value.at(-1)?.text).toBe('马上帮您看')
  })

  it('keeps a reply that did not go out and sends it again under the same id', async () => {
    const room = await open()
    gateway.say.mockRejectedValueOnce(new ApiError(0, '网络不通，请检查网络后重试'))
    room.say('马上帮您看')
    await vi.advanceTimersByTimeAsync(0)
    const [failed] = room.outgoing.value
    expect(onError).not.toHaveBeenCalled() // the bubble tells it
    expect(failed).toMatchObject({ state: 'failed', text: '马上帮您看', error: '网络不通，请检查网络后重试' })
    gateway.say.mockImplementation(async (_id, text, client_id) => ({
      owner: 'human', version: 4, agent: 'xiaolin', message: message(2, { sender: 'agent', text, client_id }),
    }))
    room.again(failed.client_id)
    await vi.advanceTimersByTimeAsync(0)
    expect(gateway.say.mock.calls.map((call) => call[2])).toEqual([failed.client_id, failed.client_id])
    expect(room.outgoing.value).toEqual([])
  })

  it('delivers in the order in which it was written: words never overtake a picture', async () => {
    const room = await open()
    let arrive = (_sent: unknown): void => {}
    gateway.sayPicture.mockReturnValue(new Promise((resolve) => (arrive = resolve)))
    gateway.say.mockImplementation(async (_id, text, client_id) => ({
      owner: 'human', version: 4, agent: 'xiaolin', message: message(3, { sender: 'agent', text, client_id }),
    }))
    room.sayPicture(new Blob(['x']))
    room.say('这是尺码表')
    await vi.advanceTimersByTimeAsync(0)
    expect(gateway.say).not.toHaveBeenCalled()
    expect(room.outgoing.value.map(({ image, text }) => image?.slice(0, 5) ?? text)).toEqual(['blob:', '这是尺码表'])
    arrive({ owner: 'human', version: 4, agent: 'xiaolin', message: message(2, { sender: 'agent', text: '', image: '/api/attachments/1' }) })
    await vi.advanceTimersByTimeAsync(0)
    expect(room.messages.value.map((each) => each.image ?? each.text)).toEqual(['第 1 句', '/api/attachments/1', '这是尺码表'])
    expect(room.outgoing.value).toEqual([])
  })

  it('keeps a picture that did not go out and sends the same one again', async () => {
    const room = await open()
    const file = new Blob(['x'])
    gateway.sayPicture.mockRejectedValueOnce(new ApiError(0, '网络不通，请检查网络后重试'))
    room.sayPicture(file)
    await vi.advanceTimersByTimeAsync(0)
    const [failed] = room.outgoing.value
    expect(failed).toMatchObject({ state: 'failed', error: '网络不通，请检查网络后重试' })
    gateway.sayPicture.mockImplementation(async (_id, _file, client_id) => ({
      owner: 'human', version: 4, agent: 'xiaolin', message: message(2, { sender: 'agent', image: '/api/attachments/1', client_id }),
    }))
    room.again(failed.client_id)
    await vi.advanceTimersByTimeAsync(0)
    expect(gateway.sayPicture.mock.calls.map(([, sent, id]) => [sent, id])).toEqual([[file, failed.client_id], [file, failed.client_id]])
    expect(room.outgoing.value).toEqual([])
  })

  it('shows a message once, whether it was answered or pushed first', async () => {
    const room = await open()
    let answer = (_value: unknown): void => {}
    gateway.say.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    room.say('在的')
    const reply = message(2, { sender: 'agent', text: '在的', client_id: room.outgoing.value[0].client_id })
    room.receive('c1', reply, true)
    answer({ owner: 'human', version: 4, agent: 'xiaolin', message: reply })
    await vi.advanceTimersByTimeAsync(0)
    expect(room.messages.value.map((each) => each.seq)).toEqual([1, 2])
    expect(room.outgoing.value).toEqual([])
  })

  it('marks where new messages begin when the agent was looking elsewhere', async () => {
    const room = await open()
    room.receive('c1', message(2), false)
    room.receive('c1', message(3), false)
    expect(room.newFrom.value).toBe(2)
  })

  it('loses nothing that was pushed while a fetch was on its way', async () => {
    const room = await open()
    let arrive = (_detail: Detail): void => {}
    gateway.detail.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)))
    const reading = room.refresh()
    room.receive('c1', message(2), true)
    arrive(detail())
    await reading
    expect(room.messages.value.map((each) => each.seq)).toEqual([1, 2])
  })

  it('closes the reply box when the conversation moves on', async () => {
    const room = await open()
    room.receiveRow({ ...detail(), owner: 'bot', version: 5, agent: 'xiaolin' } as unknown as ListedJson)
    expect(room.isMine.value).toBe(false)
  })

  it('is no longer typed in once the message is there', async () => {
    const room = await open()
    room.customerTypes('c1')
    expect(room.isTyping.value).toBe(true)
    room.receive('c1', message(2), true)
    expect(room.isTyping.value).toBe(false)
  })
})
