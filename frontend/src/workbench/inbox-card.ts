/** The message on the screen and what the trainer makes of it: intent, ways to put it, marked words. */

import { computed, ref, watch } from 'vue'
import { FIRST_KEY } from './favourites'
import type { Mark } from './marks'
import type { WorkbenchState } from './workbench'

/** Enter right after a number is the habit of other tools; it must not decide the next message. */
const HABIT = 400

export function useInboxCard(workbench: WorkbenchState) {
  const { inbox } = workbench
  const item = computed(() => inbox.current.value)
  const top = computed(() => item.value?.ranking.slice(0, FIRST_KEY - 1) ?? [])
  const further = computed(() => workbench.favourites.value.beside(top.value.map(({ name }) => name)))
  const choices = computed(() => [...top.value.map(({ name }) => name), ...further.value])
  /** Which of the choices Enter takes. */
  const chosen = ref(0)
  const intent = computed<string | undefined>(() => choices.value[chosen.value])
  /** Other ways the message was put; all are labelled with it unless the trainer leaves some out. */
  const kept = ref<string[]>([])
  const also = computed(() => item.value?.also ?? [])
  const texts = computed(() => [item.value?.text ?? '', ...also.value.filter(({ message_id }) => kept.value.includes(message_id)).map(({ text }) => text)])
  /** Entities the trainer has marked; kept for a message that comes back. */
  const marks = ref<Mark[] | null>(null)
  const marked = new Map<string, Mark[] | null>()
  let pickedAt = 0

  watch(
    item,
    () => {
      chosen.value = 0
      kept.value = also.value.map(({ message_id }) => message_id)
      marks.value = marked.get(item.value?.message_id ?? '') ?? null
    },
    { immediate: true },
  )

  function decide(name: string | null): void {
    if (name) workbench.favourites.value.chose(name)
    const others = name ? [...kept.value] : []
    if (item.value) marked.set(item.value.message_id, marks.value)
    inbox.decide(name, others, name ? (marks.value ?? []) : [])
    if (name) workbench.countMore(1 + others.length)
  }

  /** 4–9 keep their keys also where there are fewer than three above. */
  function pick(index: number): void {
    const name = index < FIRST_KEY - 1 ? top.value[index]?.name : further.value[index - FIRST_KEY + 1]
    if (!name || !item.value) return
    pickedAt = Date.now()
    decide(name)
  }

  const confirm = (): void => void (Date.now() - pickedAt > HABIT && decide(intent.value ?? null))
  const move = (step: number): void => void (chosen.value = Math.min(choices.value.length - 1, Math.max(0, chosen.value + step)))
  const toggleWays = (): void => void (kept.value = kept.value.length ? [] : also.value.map(({ message_id }) => message_id))

  return { item, top, further, chosen, intent, also, kept, texts, marks, decide, pick, confirm, move, toggleWays }
}

export type InboxCard = ReturnType<typeof useInboxCard>
