import type { DeskGateway, ListState } from '@/desk/gateway'
import { createLists } from '@/desk/lists'
import type { ListedJson } from '@/desk/model'
import { describe, expect, it } from 'vitest'

const NOW = Date.parse('2026-11-22T06:00:00Z')

function row(id: string, part: Partial<ListedJson> = {}): ListedJson {
  return {
    id,
    customer: { id: `c-${id}`, name: id, level: '', is_verified: true },
    owner: 'queued',
    version: 1,
    agent: null,
    reason: 'requested',
    priority: 50,
    waiting_since: '2026-11-22T05:59:50.000+00:00',
    waited_seconds: 10,
    tag: '',
    tags: [],
    last_message: { seq: 2, id: 'm', sender: 'customer', text: '在吗', created_at: '2026-11-22T05:59:50Z' },
    updated_at: '2026-11-22T05:59:50.000+00:00',
    ...part,
  }
}

function desk(rows: Partial<Record<ListState, ListedJson[]>>, hold?: Promise<void>) {
  const gateway = {
    list: async (state: ListState) => {
      await hold
      return rows[state] ?? []
    },
  } as unknown as DeskGateway
  return createLists(gateway, 'xiaolin', () => NOW)
}

describe('the lists of the desk', () => {
  it('put the most urgent first and, where equally urgent, who has waited longest', async () => {
    const lists = desk({
      queued: [
        row('late', { waiting_since: '2026-11-22T05:59:55.000+00:00' }),
        row('early'),
        row('angry', { priority: 80, reason: 'complaint', waiting_since: '2026-11-22T05:59:59.000+00:00' }),
      ],
    })
    await lists.load()
    expect(lists.lists.queued.map((each) => each.id)).toEqual(['angry', 'early', 'late'])
  })

  it('keep own conversations apart from colleagues’, who waits on top', async () => {
    const mine = { owner: 'human' as const, agent: 'xiaolin' }
    const lists = desk({
      human: [
        row('answered', { ...mine, waiting_since: null, waited_seconds: null }),
        row('waiting', mine),
        row('theirs', { owner: 'human', agent: 'aqing' }),
      ],
    })
    await lists.load()
    expect(lists.lists.mine.map((each) => each.id)).toEqual(['waiting', 'answered'])
    expect(lists.lists.colleagues.map((each) => each.id)).toEqual(['theirs'])
  })

  it('move a conversation when it is taken', async () => {
    const lists = desk({ queued: [row('a')] })
    await lists.load()
    lists.apply(row('a', { owner: 'human', agent: 'xiaolin', version: 2 }))
    expect(lists.lists.queued).toHaveLength(0)
    expect(lists.lists.mine.map((each) => each.id)).toEqual(['a'])
  })

  it('do not fall back to an older version that arrives late', async () => {
    const lists = desk({})
    lists.apply(row('a', { owner: 'human', agent: 'aqing', version: 3 }))
    lists.apply(row('a', { version: 2 }))
    expect(lists.lists.colleagues).toHaveLength(1)
  })

  it('believe what was pushed while a fetch was on its way', async () => {
    let arrive = (): void => {}
    const lists = desk({ queued: [row('a')] }, new Promise<void>((resolve) => (arrive = resolve)))
    const loading = lists.load()
    lists.apply(row('a', { owner: 'human', agent: 'xiaolin', version: 2 }))
    lists.apply(row('new'))
    arrive()
    await loading
    expect(lists.lists.mine.map((each) => each.id)).toEqual(['a'])
    expect(lists.lists.queued.map((each) => each.id)).toEqual(['new'])
  })

  it('let a wait run on evenly when the same conversation is told anew', async () => {
    let now = NOW
    const lists = createLists({ list: async () => [] } as unknown as DeskGateway, 'xiaolin', () => now)
    lists.apply(row('a', { waited_seconds: 10 }))
    now += 1_900
    lists.apply(row('a', { waited_seconds: 11 }))
    expect(lists.lists.queued[0].waitingFrom).toBe(NOW - 10_000)
  })

  it('forget after a gap what is no longer there', async () => {
    const rows = { queued: [row('a'), row('gone')] }
    const lists = desk(rows)
    await lists.load()
    rows.queued = [row('a')]
    await lists.load()
    expect(lists.lists.queued.map((each) => each.id)).toEqual(['a'])
  })

  it('leave out chats in which the customer has said nothing', async () => {
    const greeted = { ...row('a').last_message!, seq: 1, sender: 'bot' as const }
    const lists = desk({ bot: [row('a', { owner: 'bot', last_message: greeted }), row('b', { owner: 'bot' })] })
    await lists.load()
    expect(lists.lists.bot.map((each) => each.id)).toEqual(['b'])
  })
})
