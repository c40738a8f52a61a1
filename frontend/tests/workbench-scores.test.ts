import { parseDiff } from '@/workbench/diff'
import type { Run, RunBrief, Scores } from '@/workbench/model'
import type { WorkbenchGateway } from '@/workbench/gateway'
import { createRuns } from '@/workbench/runs'
import { estimateNote, compareMisread, score, scoreRows, signed } from '@/workbench/scores'
import { describe, expect, it, vi } from 'vitest'

const DIFF = `--- a/data/nlu/before_sale/bargain.yml
+++ b/data/nlu/before_sale/bargain.yml
@@ -30,4 +30,5 @@
     - 便宜点呗
     - 少点行不
+    - 拍了能不能少点
 # 结尾的注释
--- a/data/nlu/on_the_way/urge_shipping.yml
+++ b/data/nlu/on_the_way/urge_shipping.yml
@@ -7,3 +7,2 @@
     - 催一下
-    -- 拍了能不能少点
     - 快点发
`

describe('a diff of the language files', () => {
  const files = parseDiff(DIFF)

  it('names each file and counts its lines', () => {
    expect(files.map(({ path, added, removed }) => [path, added, removed])).toEqual([
      ['data/nlu/before_sale/bargain.yml', 1, 0],
      ['data/nlu/on_the_way/urge_shipping.yml', 0, 1],
    ])
  })

  it('carries the line numbers of the files', () => {
    const added = files[0].hunks[0].find((line) => line.kind === 'added')
    expect(added).toMatchObject({ text: '    - 拍了能不能少点', newNumber: 32, oldNumber: null })
    expect(files[0].hunks[0].at(-1)).toMatchObject({ text: '# 结尾的注释', oldNumber: 32, newNumber: 33 })
  })

  it('of nothing is nothing', () => {
    expect(parseDiff('')).toEqual([])
  })
})

const scores = (f1: Record<string, number>, misread: [string, string][] = []): Scores => ({
  accuracy: 0.9,
  macro_f1: 0.9,
  intents: Object.fromEntries(Object.entries(f1).map(([name, value]) => [name, { precision: value, recall: value, f1: value, support: 10 }])),
  misread: misread.map(([text, expected]) => ({ text, expected, read_as: 'greet', confidence: 0.5 })),
})

describe('scores before and after', () => {
  it('begin with the worst fall', () => {
    const rows = scoreRows(scores({ a: 0.9, b: 0.8, c: 0.7 }), scores({ a: 0.9, b: 0.6, c: 0.75 }))
    expect(rows.map(({ intent, change }) => [intent, change])).toEqual([['b', -0.2], ['a', 0], ['c', 0.05]])
  })

  it('count an intent that the new model has lost as zero', () => {
    expect(scoreRows(scores({ a: 0.9 }), scores({}))[0]).toMatchObject({ intent: 'a', before: 0.9, after: 0, change: -0.9 })
  })

  it('tell what was put right from what has gone wrong', () => {
    const change = compareMisread(scores({}, [['甲', 'a'], ['乙', 'b']]), scores({}, [['乙', 'b'], ['丙', 'c']]))
    expect([change.fixed, change.broken, change.still].map((list) => list.map((one) => one.text))).toEqual([['甲'], ['丙'], ['乙']])
  })

  it('are written so that one flipped sentence shows', () => {
    expect([score(0.9144), score(null)]).toEqual(['0.914', '—'])
    expect([signed(0.012), signed(-0.034), signed(0)]).toEqual(['+0.012', '−0.034', '不变'])
  })
})

describe('training runs', () => {
  const brief = (id: string, state: Run['state']): RunBrief => ({ id, state, progress: 0, trainer: 'wen', created_at: '', finished_at: null, error: '', changes: 1, accuracy: null, macro_f1: null })
  const full = (id: string, state: Run['state'], progress = 0): Run => ({ ...brief(id, state), progress, step: '', diff: '', model: null, previous_model: null, before: null, after: null, gate: [] })

  it('are watched until they are done', async () => {
    vi.useFakeTimers()
    const answers = [full('r1', 'training', 0.4), full('r1', 'ready', 1)]
    const gateway = { runs: async () => [brief('r1', 'queued')], run: vi.fn(async () => answers.shift() ?? full('r1', 'ready', 1)) }
    const runs = createRuns(gateway as unknown as WorkbenchGateway, () => {})
    runs.watch(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(runs.run.value).toMatchObject({ state: 'training', progress: 0.4 })
    expect(runs.isTraining.value).toBe(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(runs.run.value?.state).toBe('ready')
    expect(runs.isTraining.value).toBe(false)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(gateway.run).toHaveBeenCalledTimes(2)
    vi.useRealTimers()
  })

  it('may be rolled back only from the newest promotion', async () => {
    const history = [brief('r3', 'rolled_back'), brief('r2', 'promoted'), brief('r1', 'promoted')]
    const gateway = { runs: async () => history, run: async (id: string) => full(id, history.find((each) => each.id === id)!.state) }
    const runs = createRuns(gateway as unknown as WorkbenchGateway, () => {})
    await runs.load()
    expect(runs.promoted.value).toBe('r2')
  })
})

describe('an estimate in words', () => {
  const one = { text: '有货吗', expected: 'ask_stock', read_as: 'bargain', confidence: 0.5 }

  it('says plainly when nothing would be read otherwise', () => {
    expect(estimateNote({ judged: 1264, fixed: [], broken: [] })).toBe('1264 句测试句的读法都不变')
  })

  it('counts what is gained and what is lost', () => {
    expect(estimateNote({ judged: 1264, fixed: [one], broken: [] })).toBe('1264 句测试句里多读对 1 句')
    expect(estimateNote({ judged: 1264, fixed: [one], broken: [one, one] })).toBe('1264 句测试句里多读对 1 句，多读错 2 句')
  })
})
