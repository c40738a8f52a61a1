/** What a colleague noted down since my last word to this customer: it belongs above the reply, not only in the side pane. */

import type { Detail, Note } from './model'

export function whisperFor(detail: Pick<Detail, 'notes' | 'transcript'>, me: string): Note | null {
  const mine = detail.transcript.findLast(({ sender, author }) => sender === 'agent' && author === me)?.created_at ?? ''
  const note = detail.notes.findLast(({ author }) => author !== me)
  return note && Date.parse(note.created_at) > (Date.parse(mine) || 0) ? note : null
}
