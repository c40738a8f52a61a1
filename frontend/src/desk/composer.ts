/** The reply being written: the palette over it, its blanks, and the look it gets before it goes out. */

import { computed, nextTick, ref, watch, type Ref } from 'vue'
import { filled, nextBlank } from './blanks'
import { concernsOf, type Concern } from './check'
import type { DeskState } from './desk'
import { factsFor } from './facts'
import type { Detail } from './model'
import { ranked, slashAt } from './palette'

export function createComposer(desk: DeskState, detail: () => Detail, text: Ref<string>, area: Ref<HTMLTextAreaElement | undefined>) {
  const caret = ref(0)
  const isDismissed = ref(false)
  const active = ref(0)
  /** The picture that the chosen phrase brings along. */
  const picture = ref<string | null>(null)
  const concerns = ref<Concern[]>([])
  const slash = computed(() => (isDismissed.value ? null : slashAt(text.value, caret.value)))
  const hits = computed(() => (slash.value ? ranked(desk.phrases.list.value, slash.value.query) : []))
  const isOpen = computed(() => slash.value !== null)

  watch(() => slash.value?.query, () => (active.value = 0))
  watch(isOpen, (open) => open && void desk.phrases.load())
  watch(text, () => {
    concerns.value = []
    if (!slashAt(text.value, text.value.length)) isDismissed.value = false
  })

  const look = (): void => void (caret.value = area.value?.selectionStart ?? 0)

  /** The phrase instead of what was typed after the stroke; the first blank is chosen, ready to be typed over. */
  async function choose(index: number): Promise<void> {
    const phrase = hits.value[index]
    const at = slash.value
    if (!phrase || !at) return
    const words = filled(phrase.text, detail().live ?? {})
    picture.value = phrase.image ?? picture.value
    text.value = text.value.slice(0, at.start) + words + text.value.slice(caret.value)
    await nextTick()
    area.value?.focus()
    if (!selectBlank(at.start)) place(at.start + words.length)
  }

  function place(start: number, end = start): void {
    area.value?.setSelectionRange(start, end)
    look()
  }

  /** Chooses the next blank from `from`; false where none is left. */
  function selectBlank(from: number): boolean {
    const span = nextBlank(text.value, from)
    if (span) place(span.start, span.end)
    return span !== null
  }

  /** Whether the reply may go: clean, or warned about already as it stands. */
  function mayGo(said: string): boolean {
    if (concerns.value.length) return true
    concerns.value = concernsOf(said, factsFor(detail(), desk.me.name, desk.words.value?.low_stock ?? 0, said))
    return concerns.value.length === 0
  }

  /** Keys of the palette and of the blanks; true when the key is used up. */
  function takes(event: KeyboardEvent): boolean {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (!isPlain) return false
    if (isOpen.value && takesPalette(event.key)) return true
    return event.key === 'Tab' && selectBlank(area.value?.selectionEnd ?? 0)
  }

  function takesPalette(key: string): boolean {
    const last = hits.value.length - 1
    if (key === 'Escape') isDismissed.value = true
    else if (key === 'ArrowDown') active.value = active.value >= last ? 0 : active.value + 1
    else if (key === 'ArrowUp') active.value = active.value <= 0 ? Math.max(last, 0) : active.value - 1
    else if ((key === 'Enter' || key === 'Tab') && last >= 0) void choose(active.value)
    else return false
    return true
  }

  return { hits, isOpen, active, concerns, picture, look, choose, mayGo, takes }
}
