/** Who else has the same conversation on the screen. Every page says what it shows; what is not repeated lapses. */

import { computed, shallowRef, type Ref } from 'vue'

export const TELL_EVERY = 20_000
const LAPSES_AFTER = 45_000

export interface Look {
  username: string
  name: string
  conversation_id: string | null
  asks: boolean
}

export function createWatching(me: string, shown: Ref<string | null>, now: Ref<number>, send: (frame: object) => boolean) {
  const known = shallowRef(new Map<string, Look & { at: number }>())
  const others = computed(() =>
    [...known.value.values()].filter((look) => look.conversation_id === shown.value && look.conversation_id !== null && now.value - look.at < LAPSES_AFTER),
  )
  const tell = (asks = false): void => void send({ type: 'look', conversation_id: shown.value, asks })

  function hear(look: Look): void {
    if (look.username === me) return
    known.value = new Map(known.value).set(look.username, { ...look, at: now.value })
    if (look.asks && look.conversation_id !== null && look.conversation_id === shown.value) tell()
  }

  return { others, tell, hear }
}
