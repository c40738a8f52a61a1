/** Replies on their way: shown at once, delivered in the order they were written, kept until the gateway has them, over a
 * reload too. */

import { ref, type Ref } from 'vue'
import { ApiError, messageOf } from '@/common/api'
import { keep, kept } from '@/common/kept'
import type { DeskGateway } from './gateway'
import type { DeskMessage, Outgoing, Owned } from './model'

export interface Delivery {
  /** The conversation on the screen. */
  id: Readonly<Ref<string | null>>
  /** The version of a conversation that was seen last. */
  versionOf: (conversation: string) => number
  delivered: (conversation: string, sent: Owned & { message: DeskMessage }) => void
  /** Who writes here; on a shared computer nobody sends a colleague's. */
  me: string
  /** Refused for a reason that concerns more than this reply. */
  refused: (failure: ApiError) => Promise<void>
}

export function createOutgoing(gateway: DeskGateway, { id, me, versionOf, delivered, refused }: Delivery) {
  /** Those of the conversation on the screen. */
  const shown = ref<Outgoing[]>([])
  const all = new Map<string, Outgoing[]>()
  /** One after the other: words never overtake the picture they were written below. */
  const lines = new Map<string, Promise<void>>()
  const place = `desk-outgoing ${me}`

  /** Nothing goes out again by itself: the talk may have moved on while the page was away. */
  const restored = kept<[string, Outgoing[]][]>(place).then((lists = []) => {
    for (const [conversation, list] of lists) {
      const back = list.map((each): Outgoing => ({ ...each, image: each.file ? URL.createObjectURL(each.file) : each.image, state: 'failed', error: each.error || '页面重新打开过' }))
      all.set(conversation, [...back, ...(all.get(conversation) ?? [])])
    }
    show()
  })

  function show(): void {
    shown.value = all.get(id.value ?? '') ?? []
  }

  function set(conversation: string, change: (list: Outgoing[]) => Outgoing[]): void {
    all.set(conversation, change(all.get(conversation) ?? []))
    const left = [...all].filter(([, list]) => list.length)
    void restored.then(() => keep(place, left.length ? left : undefined))
    if (conversation === id.value) show()
  }

  function put(conversation: string, content: Pick<Outgoing, 'text' | 'image' | 'file'>): void {
    const draft: Outgoing = { ...content, client_id: crypto.randomUUID(), state: 'sending', created_at: new Date().toISOString(), error: '' }
    set(conversation, (list) => [...list, draft])
    enqueue(conversation, draft)
  }

  function again(client_id: string): void {
    const draft = shown.value.find((each) => each.client_id === client_id)
    if (!id.value || !draft) return
    const fresh: Outgoing = { ...draft, state: 'sending', error: '' }
    set(id.value, (list) => list.map((each) => (each.client_id === client_id ? fresh : each)))
    enqueue(id.value, fresh)
  }

  function discard(client_id: string): void {
    if (id.value) remove(id.value, new Set([client_id]))
  }

  function enqueue(conversation: string, draft: Outgoing): void {
    const before = lines.get(conversation) ?? Promise.resolve()
    lines.set(conversation, before.then(() => deliver(conversation, draft)))
  }

  async function deliver(conversation: string, draft: Outgoing): Promise<void> {
    const { client_id, text, image, file } = draft
    try {
      const version = versionOf(conversation)
      const sent = file ? await gateway.sayPicture(conversation, file, client_id, version) : await gateway.say(conversation, text, client_id, version, image)
      delivered(conversation, sent)
      remove(conversation, new Set([client_id]))
    } catch (failure) {
      const failed: Outgoing = { ...draft, state: 'failed', error: messageOf(failure) }
      set(conversation, (list) => list.map((each) => (each.client_id === client_id ? failed : each)))
      // The bubble itself says that it did not go out; only what concerns more than this reply is told besides.
      if (failure instanceof ApiError && [401, 409].includes(failure.status)) await refused(failure)
    }
  }

  function remove(conversation: string, client_ids: ReadonlySet<string>): void {
    const gone = (all.get(conversation) ?? []).filter((each) => client_ids.has(each.client_id))
    if (!gone.length) return
    for (const { file, image } of gone) if (file && image) URL.revokeObjectURL(image)
    set(conversation, (list) => list.filter((each) => !client_ids.has(each.client_id)))
  }

  /** What the transcript has is no longer on its way. */
  function arrived(messages: readonly DeskMessage[]): void {
    if (id.value) remove(id.value, new Set(messages.map((message) => message.client_id ?? '')))
  }

  return { shown, restored, show, put, again, discard, arrived }
}
