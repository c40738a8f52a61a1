import { LiveSocket, retryDelay, socketUrl } from '@/common/socket'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

class FakeSocket {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readyState = 0
  sent: string[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }

  send(data: string): void {
    this.sent.push(data)
  }

  close(code = 1000): void {
    this.readyState = 3
    this.onclose?.({ code })
  }

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
}

const last = (): FakeSocket => FakeSocket.all[FakeSocket.all.length - 1]

beforeEach(() => {
  FakeSocket.all = []
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a connection that breaks', () => {
  it('comes back and asks from the last message seen', () => {
    let seen = 0
    const opened = vi.fn()
    const socket = new LiveSocket({ url: () => `ws://x/?after=${seen}`, onOpen: opened, onEvent: () => {} })
    socket.start()
    last().open()
    seen = 7
    last().close(1006)
    vi.advanceTimersByTime(600)
    expect(FakeSocket.all).toHaveLength(2)
    expect(last().url).toContain('after=7')
    last().open()
    expect(opened).toHaveBeenCalledTimes(2)
    socket.stop()
  })

  it('waits longer each time, and never more than twenty seconds', () => {
    expect([0, 1, 2, 3].map((attempt) => retryDelay(attempt, () => 0))).toEqual([500, 1000, 2000, 4000])
    expect(retryDelay(20, () => 0)).toBe(20_000)
    expect(retryDelay(20, () => 1)).toBe(10_000)
  })

  it('comes back at once when the network does', () => {
    const socket = new LiveSocket({ url: () => 'ws://x/', onEvent: () => {} })
    socket.start()
    for (let n = 0; n < 6; n++) {
      last().close(1006)
      vi.runOnlyPendingTimers()
    }
    last().close(1006)
    const before = FakeSocket.all.length
    window.dispatchEvent(new Event('online'))
    expect(FakeSocket.all).toHaveLength(before + 1)
    socket.stop()
  })

  it('stops when the gateway does not know the token, and says so', () => {
    const refused = vi.fn()
    const socket = new LiveSocket({ url: () => 'ws://x/', onEvent: () => {}, onRefused: refused })
    socket.start()
    last().close(4401)
    vi.advanceTimersByTime(60_000)
    expect(refused).toHaveBeenCalledOnce()
    expect(FakeSocket.all).toHaveLength(1)
  })

  it('is given up when a laptop wakes and nobody answers on it', () => {
    const socket = new LiveSocket({ url: () => 'ws://x/', onEvent: () => {} })
    socket.start()
    last().open()
    document.dispatchEvent(new Event('visibilitychange'))
    expect(FakeSocket.all[0].sent).toEqual(['{"type":"ping"}'])
    vi.advanceTimersByTime(7_000)
    expect(FakeSocket.all).toHaveLength(2)
    socket.stop()
  })

  it('is kept when the other end gives a sign of life', () => {
    const socket = new LiveSocket({ url: () => 'ws://x/', onEvent: () => {} })
    socket.start()
    last().open()
    window.dispatchEvent(new Event('online'))
    last().onmessage?.({ data: '{"type":"pong"}' })
    vi.advanceTimersByTime(7_000)
    expect(FakeSocket.all).toHaveLength(1)
    socket.stop()
  })

  it('is not brought back by a frame that is no JSON', () => {
    const events: unknown[] = []
    const socket = new LiveSocket({ url: () => 'ws://x/', onEvent: (event) => events.push(event) })
    socket.start()
    last().open()
    last().onmessage?.({ data: '<html>' })
    last().onmessage?.({ data: '{"type":"typing"}' })
    expect(events).toEqual([{ type: 'typing' }])
    socket.stop()
  })
})

it('speaks to the gateway that served the script, with the page kept out of it', () => {
  expect(socketUrl('/api/chat/ws', { token: 'a b', after: 3 }, 'https://kefu.example')).toBe('wss://kefu.example/api/chat/ws?token=a+b&after=3')
})
