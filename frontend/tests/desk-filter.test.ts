import { choices, fits, isNarrow, NO_FILTER, type Filter } from '@/desk/filter'
import type { Row } from '@/desk/model'
import { describe, expect, it } from 'vitest'

const row = (part: Partial<Row>): Row => ({ reason: 'requested', priority: 50, tags: [], ...part }) as Row
const ROWS = [row({}), row({ reason: 'complaint', priority: 80, tags: ['售后'] }), row({ reason: null, tags: ['售后', '羽绒服'] })]

describe('the filter of the lists', () => {
  it.each([
    // filter → which lines stay
    [{}, [0, 1, 2]],
    [{ reason: 'complaint' }, [1]],
    [{ tag: '售后' }, [1, 2]],
    [{ isUrgent: true }, [1]],
    [{ tag: '售后', isUrgent: true }, [1]],
    [{ reason: 'requested', tag: '售后' }, []],
  ] as [Partial<Filter>, number[]][])('%o', (part, stay) => {
    const filter = { ...NO_FILTER, ...part }
    expect(ROWS.flatMap((each, index) => (fits(each, filter) ? [index] : []))).toEqual(stay)
    expect(isNarrow(filter)).toBe(Object.keys(part).length > 0)
  })

  it('offers what there is, the most frequent first', () => {
    expect(choices(ROWS)).toEqual({ reasons: ['complaint', 'requested'], tags: ['售后', '羽绒服'] })
  })
})
