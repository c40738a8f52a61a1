import { curveOf } from '@/workbench/curve'
import type { RunBrief } from '@/workbench/model'
import { describe, expect, it } from 'vitest'

const run = (id: string, accuracy: number | null) => ({ id, accuracy, macro_f1: accuracy, state: 'ready' }) as RunBrief

describe('the course of the scores', () => {
  it('is drawn from the oldest run to the newest, without those that have no scores', () => {
    const curve = curveOf([run('new', 0.94), run('failed', null), run('old', 0.9)], 100, 50)
    expect(curve?.points.map(({ id, x, y }) => [id, x, Math.round(y)])).toEqual([['old', 0, 50], ['new', 100, 0]])
    expect(curve?.path).toBe('M0.0 50.0L100.0 0.0')
  })

  it('has round lines to read by that hold all points, also where nothing changes', () => {
    const values = curveOf([run('b', 0.9494), run('a', 0.9121)], 100, 50)?.marks.map(({ value }) => value.toFixed(2))
    expect(values).toEqual(['0.90', '0.92', '0.94', '0.96'])
    expect(curveOf([run('b', 0.95), run('a', 0.95)], 100, 50)?.marks.length).toBeGreaterThan(1)
  })

  it('is no course with one run', () => {
    expect(curveOf([run('a', 0.9)], 100, 50)).toBeNull()
  })
})
