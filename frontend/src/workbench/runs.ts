/** Training runs: the history, the one on the screen, and its progress while it works. */

import { computed, ref, shallowRef } from 'vue'
import { messageOf } from '@/common/api'
import type { WorkbenchGateway } from './gateway'
import { BUSY, type Run, type RunBrief, type RunState } from './model'

export const RUN_STATES: Record<RunState, string> = {
  queued: '排队中',
  training: '训练中',
  evaluating: '评测中',
  ready: '可以发布',
  promoted: '已发布',
  rolled_back: '已回滚',
  failed: '失败',
}

/** What a run is called; one that the gate holds back does not wait to be published. */
export const runTitle = (state: RunState, isGated: boolean): string => (state === 'ready' && isGated ? '先别发布' : RUN_STATES[state])

const EVERY = 1_500

export function createRuns(gateway: WorkbenchGateway, onError: (error: unknown, isTold?: boolean) => void) {
  const history = shallowRef<RunBrief[] | null>(null)
  const run = shallowRef<Run | null>(null)
  const error = ref('')
  const isBusy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWatching = false

  const isTraining = computed(() => history.value?.some((each) => BUSY.includes(each.state)) ?? false)
  /** Only the newest promotion can be taken back. */
  const promoted = computed(() => history.value?.find((each) => each.state === 'promoted')?.id ?? null)

  async function load(): Promise<void> {
    try {
      history.value = await gateway.runs()
      error.value = ''
      const wanted = run.value?.id ?? history.value[0]?.id
      if (wanted) await choose(wanted)
    } catch (failure) {
      error.value = messageOf(failure)
      onError(failure, run.value === null)
    }
  }

  async function choose(id: string): Promise<void> {
    clearTimeout(timer)
    try {
      show(await gateway.run(id))
    } catch (failure) {
      onError(failure, BUSY.includes(run.value?.state ?? 'ready')) // asked again in a moment
      again()
    }
  }

  function show(fresh: Run): void {
    run.value = fresh
    const { id, state, progress, trainer, created_at, finished_at, error, changes, after } = fresh
    const scores = { accuracy: after?.accuracy ?? null, macro_f1: after?.macro_f1 ?? null }
    const brief: RunBrief = { id, state, progress, trainer, created_at, finished_at, error, changes, is_gated: fresh.gate.length > 0, ...scores }
    const known = history.value ?? []
    history.value = known.some((each) => each.id === id) ? known.map((each) => (each.id === id ? brief : each)) : [brief, ...known]
    if (BUSY.includes(state)) again()
  }

  /** Progress is asked for while the tab is open; a failed question is asked again. */
  function again(): void {
    clearTimeout(timer)
    const id = run.value?.id
    if (isWatching && id) timer = setTimeout(() => void choose(id), EVERY)
  }

  function watch(on: boolean): void {
    isWatching = on
    clearTimeout(timer)
    if (on) void load()
  }

  /** True when the step was done; the run on the screen is then as it is after it. */
  async function step(call: () => Promise<Run>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    try {
      show(await call())
      return true
    } catch (failure) {
      onError(failure)
      return false
    } finally {
      isBusy.value = false
    }
  }

  const start = (): Promise<boolean> => step(() => gateway.start())
  const promote = (force: boolean): Promise<boolean> => step(() => gateway.promote(run.value?.id ?? '', force))
  const rollback = (): Promise<boolean> => step(() => gateway.rollback(run.value?.id ?? ''))

  return { history, run, error, isBusy, isTraining, promoted, load, choose, watch, start, promote, rollback }
}
