/** The palette's phrases: read once, when they are first wanted or the desk opens; kept for the day. */

import { ref, shallowRef } from 'vue'
import type { DeskGateway } from './gateway'
import type { Phrase } from './model'

const FRESH_FOR = 30 * 60_000

export function createPhrases(gateway: Pick<DeskGateway, 'phrases'>, clock: () => number = Date.now) {
  const list = shallowRef<Phrase[]>([])
  const state = ref<'loading' | 'ready' | 'error'>('loading')
  let readAt = 0
  let reading: Promise<void> | null = null

  /** Does nothing while the list is fresh. A failure keeps what was there: the palette also works offline. */
  function load(): Promise<void> {
    if (clock() - readAt < FRESH_FOR) return Promise.resolve()
    return (reading ??= read().finally(() => (reading = null)))
  }

  async function read(): Promise<void> {
    try {
      list.value = await gateway.phrases()
      readAt = clock()
      state.value = 'ready'
    } catch {
      if (!list.value.length) state.value = 'error'
    }
  }

  return { list, state, load }
}
