/** The day's list: open promises (日清), and what the shop says on its own after chats. No DOM in here. */

import { computed, ref } from 'vue'
import { dayAndClock } from '@/common/time'
import type { DeskGateway } from './gateway'
import type { FollowUp, OpenPledge } from './model'

const HOUR = 3_600_000

export interface DailyHooks {
  onError: (error: unknown) => void
}

export function createDaily(gateway: DeskGateway, hooks: DailyHooks) {
  const promises = ref<OpenPledge[]>([])
  const followUps = ref<FollowUp[]>([])
  const closes = ref('')
  const isLoaded = ref(false)
  const busy = ref<string | null>(null)
  const planned = computed(() => followUps.value.filter((each) => each.state === 'planned'))
  const past = computed(() => followUps.value.filter((each) => each.state !== 'planned'))

  async function load(): Promise<void> {
    try {
      const [list, said] = await Promise.all([gateway.promises(), gateway.followUps()])
      promises.value = list.promises
      closes.value = list.closes
      followUps.value = said
      isLoaded.value = true
    } catch (error) {
      hooks.onError(error)
    }
  }

  /** One step, then the list as the gateway has it; false when it was refused. */
  async function step(id: string, call: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = id
    let isDone = true
    try {
      await call()
    } catch (error) {
      isDone = false
      hooks.onError(error)
    }
    busy.value = null
    await load()
    return isDone
  }

  const keep = (promise: OpenPledge) => step(promise.id, () => gateway.settle(promise.conversation_id, promise.id, true))
  const move = (promise: OpenPledge, due: Date, text: string) => step(promise.id, () => gateway.movePromise(promise.id, due.toISOString(), text))
  const callOff = (followUp: FollowUp) => step(followUp.id, () => gateway.callOff(followUp.id))

  /** What was passed on to the departments in the week of `day`; may throw. */
  const feedbackOf = (day?: string) => gateway.feedbackWeek(day)

  return { promises, followUps, planned, past, closes, isLoaded, busy, load, keep, move, callOff, feedbackOf }
}

export type Daily = ReturnType<typeof createDaily>

export function isLate(promise: { due: string | null }, now: number): boolean {
  return promise.due !== null && Date.parse(promise.due) < now
}

/** Due before the shop closes today, or late: what has to be done or moved before going home. */
export function dueToday(promises: readonly OpenPledge[], now: number): OpenPledge[] {
  const midnight = new Date(now).setHours(24, 0, 0, 0)
  return promises.filter((promise) => promise.due !== null && Date.parse(promise.due) < midnight)
}

/** In the last hour of the shop's day the list asks to be gone through. `closes` is a clock time, 23:00. */
export function isClosing(closes: string, now: number): boolean {
  const [hour, minute] = closes.split(':').map(Number)
  if (!Number.isFinite(hour) || !Number.isFinite(minute)) return false
  const left = new Date(now).setHours(hour, minute, 0, 0) - now
  return left > 0 && left <= HOUR
}

/** A first wording for the customer; the agent reads and changes it. */
export function wordFor(due: Date, now: number): string {
  return `抱歉让您久等了，之前答应您的事还需要一点时间，${dayAndClock(due, now)} 前一定给您办好。`
}
