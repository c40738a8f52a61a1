/** 在线、小休、离开: what I am set to, how many customers I may have, and when a waiting customer rings here. */

import { computed, ref, type Ref } from 'vue'
import type { DeskGateway } from './gateway'
import type { Offer, Presence } from './model'

export const PRESENCES: { id: Presence; title: string; hint: string }[] = [
  { id: 'online', title: '在线', hint: '新客户会响铃' },
  { id: 'rest', title: '小休', hint: '手上的继续聊，新客户不响铃' },
  { id: 'away', title: '离开', hint: '手上的客户一分钟后回到排队' },
]

/** Milliseconds until it rings on this page: 0 now, null never. A colleague who knows the customer goes first. */
export function ringDelay(offer: Offer | null | undefined, me: string, isFree: boolean): number | null {
  if (offer?.agent === me) return 0
  if (!isFree) return null
  return offer ? Math.max(0, offer.seconds * 1000) : 0
}

/** What stands under the top bar while not everything is as usual. */
export function dutyNote(presence: Presence, load: number, capacity: number): string {
  if (presence === 'away' && load > 0) return `您设了“离开”，手上的 ${load} 位客户一分钟后会回到排队，由同事接着处理。`
  if (presence === 'away') return '您设了“离开”，新客户不会响您的铃。'
  if (presence === 'rest') return load > 0 ? `小休中：新客户不响铃，手上的 ${load} 位还在等您。` : '小休中：新客户不响铃。'
  return load >= capacity ? `您手上已有 ${load} 位客户，接满了。先结束或转交一位，再接新的。` : ''
}

export function createDuty(gateway: Pick<DeskGateway, 'duty' | 'setDuty'>, load: Ref<number>, onError: (error: unknown) => void) {
  const presence = ref<Presence>('online')
  const capacity = ref(Infinity)
  const isFree = computed(() => presence.value === 'online' && load.value < capacity.value)
  const note = computed(() => dutyNote(presence.value, load.value, capacity.value))

  async function read(): Promise<void> {
    try {
      const found = await gateway.duty()
      presence.value = found.presence
      capacity.value = found.capacity
    } catch (error) {
      onError(error)
    }
  }

  async function set(next: Presence): Promise<void> {
    const before = presence.value
    presence.value = next
    try {
      presence.value = (await gateway.setDuty(next)).presence
    } catch (error) {
      presence.value = before
      onError(error)
    }
  }

  return { presence, capacity, load, isFree, note, read, set }
}
