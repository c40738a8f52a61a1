import { createFinder } from '@/desk/finder'
import type { FoundJson } from '@/desk/model'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const row = (id: string, part: Partial<FoundJson> = {}): FoundJson => ({ id, owner: 'human', agent: 'xiaolin', quote: '', ...part }) as FoundJson

describe('searching conversations', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks once after a pause, and an answer that comes late does not replace a newer one', async () => {
    const answers: ((rows: FoundJson[]) => void)[] = []
    const search = vi.fn(() => new Promise<FoundJson[]>((resolve) => answers.push(resolve)))
    const finder = createFinder({ search }, 'xiaolin')
    const type = async (text: string): Promise<void> => {
      finder.query.value = text
      await nextTick()
    }
    await type('围')
    await type('围巾')
    await vi.advanceTimersByTimeAsync(300)
    expect(search).toHaveBeenCalledTimes(1)
    await type('围巾色')
    await vi.advanceTimersByTimeAsync(300)
    answers[1]([row('new')])
    answers[0]([row('old')])
    await vi.advanceTimersByTimeAsync(0)
    expect(finder.rows.value.map(({ id }) => id)).toEqual(['new'])
    await type('')
    expect([finder.state.value, finder.rows.value.length]).toEqual(['idle', 0])
  })

  it('narrows to my own and to closed ones', async () => {
    const finder = createFinder({ search: async () => [row('a'), row('b', { agent: 'aqing' }), row('c', { owner: 'closed', agent: 'aqing' })] }, 'xiaolin')
    finder.query.value = '围巾'
    await vi.advanceTimersByTimeAsync(300)
    finder.scope.value = 'mine'
    expect(finder.rows.value.map(({ id }) => id)).toEqual(['a'])
    finder.scope.value = 'closed'
    expect(finder.rows.value.map(({ id }) => id)).toEqual(['c'])
  })
})
