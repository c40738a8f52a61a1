/** The three suggested scripts: put into the field, sent as they are, or turned down with a reason. */

import { computed, ref, watch, type Ref } from 'vue'
import { toast } from '@/common/toast'
import type { DeskState } from './desk'
import type { Detail } from './model'

/** Below this a script is hardly about what was asked: it does not ask for attention, and is looked at before it goes. */
export const FAR = 0.3

export function createSuggested({ room }: DeskState, detail: () => Detail, text: Ref<string>, picture: Ref<string | null>) {
  /** Which one the field holds untouched, so that Tab may replace it by the next. */
  const inserted = ref<number | null>(null)
  const list = computed(() => detail().suggestions.filter((each) => !room.isRejected(each)))

  watch(text, (now) => {
    if (inserted.value !== null && now !== list.value[inserted.value]?.text) inserted.value = null
  })

  /** Into an empty field or over an untouched suggestion; otherwise below what was written. */
  function insert(index: number): void {
    const suggestion = list.value[index]
    if (!suggestion || !room.isMine.value) return
    const isFree = !text.value.trim() || inserted.value !== null
    text.value = isFree ? suggestion.text : `${text.value.trimEnd()}\n${suggestion.text}`
    inserted.value = isFree ? index : null
    picture.value = suggestion.image ?? (isFree ? null : picture.value)
  }

  /** The first, or the one after that which the field holds; false where Tab has its usual meaning. */
  function insertNext(): boolean {
    if (!list.value.length || (text.value && inserted.value === null)) return false
    insert(inserted.value === null ? 0 : (inserted.value + 1) % list.value.length)
    return true
  }

  function send(index: number): void {
    const suggestion = list.value[index]
    if (!suggestion) return
    if (!room.isMine.value) return toast('先接入，再发送建议话术')
    if (suggestion.score < FAR && inserted.value !== index) {
      insert(index)
      return toast('这条和客户问的不太像，先放进输入框，看过再发')
    }
    room.say(suggestion.text, suggestion.image ?? null)
    room.newFrom.value = null
    if (inserted.value === index) text.value = ''
  }

  async function reject(index: number, reason: string): Promise<void> {
    const suggestion = list.value[index]
    if (suggestion && (await room.reject(suggestion, reason))) toast('记下了，训练师会看到', 'good')
  }

  return { list, inserted, insert, insertNext, send, reject }
}
