import { lastUnbroken, mergeMessages } from '@/common/messages'
import { describe, expect, it } from 'vitest'

const line = (seq: number, text = `${seq}`) => ({ seq, text })

describe('one transcript from several sources', () => {
  it('puts what was pushed and what was fetched into the order of the conversation', () => {
    expect(mergeMessages([line(1), line(4)], [line(3), line(2)]).map((message) => message.seq)).toEqual([1, 2, 3, 4])
  })

  it('shows a message once however often it arrives', () => {
    expect(mergeMessages([line(1), line(2)], [line(2), line(2), line(1)])).toHaveLength(2)
  })

  it('lets the later copy of a message win', () => {
    expect(mergeMessages([line(1, '旧')], [line(1, '新')])).toEqual([line(1, '新')])
  })

  it('leaves the lists it was given as they were', () => {
    const known = [line(2)]
    mergeMessages(known, [line(1)])
    expect(known).toEqual([line(2)])
  })
})

describe('where a resume starts', () => {
  it.each([
    [[], 0],
    [[1, 2, 3], 3],
    [[1, 2, 5, 6], 2],
    [[4, 5], 5],
  ])('from %j asks for everything after %i, so that a hole is never skipped', (seqs, after) => {
    expect(lastUnbroken(seqs.map((seq) => line(seq)))).toBe(after)
  })
})
