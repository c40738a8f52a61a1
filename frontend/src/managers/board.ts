/** The page's state: the period, its report, and what went wrong. */

import { computed, ref, shallowRef } from 'vue'
import { noticeExpiry } from '@/common/account'
import { messageOf } from '@/common/api'
import { readReport, type Period, type Report } from './model'
import { fromAddress, presetPeriod, toAddress, type PresetId } from './period'

const EVERY = 60_000

export function createBoard(read: (period: Period) => Promise<Report> = readReport, now: () => number = Date.now) {
  const first = fromAddress(window.location.hash, now())
  const preset = ref<PresetId | null>(first.preset)
  const period = shallowRef<Period>(first.period)
  const report = shallowRef<Report | null>(null)
  const error = ref('')
  const isReading = ref(false)
  const readAt = ref(0)
  /** The days the report on the screen is of; not those chosen while it is read, or could not be read. */
  const shown = shallowRef<Period>(first.period)
  let asked = 0
  let timer: ReturnType<typeof setInterval> | undefined

  /** The answer to an older question is not shown. */
  async function load(): Promise<void> {
    const mine = ++asked
    const wanted = period.value
    isReading.value = true
    try {
      const found = await read(wanted)
      if (mine !== asked) return
      report.value = found
      shown.value = wanted
      error.value = ''
      readAt.value = now()
    } catch (failure) {
      if (mine !== asked) return
      error.value = messageOf(failure)
      noticeExpiry(failure)
    } finally {
      if (mine === asked) isReading.value = false
    }
  }

  function show(wanted: Period, from: PresetId | null): void {
    preset.value = from
    period.value = wanted
    window.history.replaceState(null, '', toAddress(from, wanted))
    void load()
  }

  const choose = (id: PresetId): void => show(presetPeriod(id, now()), id)
  const chooseDays = (wanted: Period): void => show(wanted, null)

  /** Past midnight "today" is another day. */
  function refresh(): void {
    if (document.visibilityState === 'hidden') return
    if (preset.value) period.value = presetPeriod(preset.value, now())
    void load()
  }

  function start(): void {
    void load()
    timer = setInterval(refresh, EVERY)
  }

  const stop = (): void => clearInterval(timer)

  const isOther = computed(() => shown.value.from !== period.value.from || shown.value.to !== period.value.to)

  return { preset, period, shown, isOther, report, error, isReading, readAt, load, choose, chooseDays, refresh, start, stop }
}
