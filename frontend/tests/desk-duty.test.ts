import { createDuty, dutyNote, ringDelay } from '@/desk/duty'
import type { DeskGateway } from '@/desk/gateway'
import { createWatching } from '@/desk/watching'
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'

describe('a waiting customer', () => {
  const known = { agent: 'aqing', name: '阿青', seconds: 4 }
  it.each([
    // offer, free → milliseconds until it rings here
    [null, true, 0],
    [null, false, null],
    [known, true, 4000],
    [known, false, null],
    [{ ...known, agent: 'xiaolin' }, true, 0],
  ])('rings by who knows her and who is free: %o, %s', (offer, isFree, delay) => {
    expect(ringDelay(offer, 'xiaolin', isFree)).toBe(delay)
  })
})

describe('what an agent is set to', () => {
  it.each([
    ['online', 3, 8, ''],
    ['online', 8, 8, '接满了'],
    ['rest', 0, 8, '小休中'],
    ['rest', 2, 8, '手上的 2 位还在等您'],
    ['away', 2, 8, '一分钟后会回到排队'],
    ['away', 0, 8, '不会响您的铃'],
  ] as const)('%s with %i of %i customers is said plainly', (presence, load, capacity, words) => {
    const note = dutyNote(presence, load, capacity)
    expect(words ? note : note.length).toEqual(words ? expect.stringContaining(words) : 0)
  })

  it('stays as it was where the gateway does not take the change', async () => {
    const onError = vi.fn()
    const gateway = { duty: vi.fn(), setDuty: vi.fn().mockRejectedValue(new Error('断了')) } as unknown as DeskGateway
    const duty = createDuty(gateway, ref(1), onError)
    await duty.set('away')
    expect(duty.presence.value).toBe('online')
    expect(onError).toHaveBeenCalledOnce()
  })
})

describe('who else is looking', () => {
  const setUp = () => {
    const shown = ref<string | null>('c1')
    const now = ref(1_000)
    const send = vi.fn(() => true)
    return { shown, now, send, watching: createWatching('xiaolin', shown, now, send) }
  }
  const look = (part: object = {}) => ({ username: 'aqing', name: '阿青', conversation_id: 'c1', asks: false, ...part })

  it('is who shows the same conversation, until she turns away or is not heard of', () => {
    const { watching, now } = setUp()
    watching.hear(look())
    expect(watching.others.value.map(({ name }) => name)).toEqual(['阿青'])
    watching.hear(look({ conversation_id: 'c2' }))
    expect(watching.others.value).toEqual([])
    watching.hear(look())
    now.value += 46_000
    expect(watching.others.value).toEqual([])
  })

  it('is answered when asked, and one’s own other page is nobody else', () => {
    const { watching, send } = setUp()
    watching.hear(look({ asks: true }))
    expect(send).toHaveBeenCalledWith({ type: 'look', conversation_id: 'c1', asks: false })
    watching.hear(look({ asks: true, conversation_id: 'c9' }))
    watching.hear(look({ username: 'xiaolin', asks: true }))
    expect(send).toHaveBeenCalledOnce()
    expect(watching.others.value).toEqual([])
  })
})
