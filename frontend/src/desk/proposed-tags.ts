/** Tags proposed from the chat: what she asked about, and of which kind of goods (咨询尺码 · 羽绒服). Pure. */

import type { Detail } from './model'

const NO_SUBJECT = new Set(['request_human', 'greet', 'thank', 'goodbye', 'affirm', 'deny', 'inform', 'nlu_fallback', 'out_of_scope', 'bot_challenge'])
const MOST = 2
const SURE = 0.5

/** The subjects most often read in her messages, the latest first among equals; what is tagged already is left out. */
export function proposedTags(detail: Detail, titleOf: (intent: string) => string): string[] {
  const counts = new Map<string, { times: number; last: number }>()
  for (const { sender, nlu, seq } of detail.transcript) {
    if (sender !== 'customer' || !nlu?.intent || NO_SUBJECT.has(nlu.intent) || (nlu.confidence ?? 0) < SURE) continue
    counts.set(nlu.intent, { times: (counts.get(nlu.intent)?.times ?? 0) + 1, last: seq })
  }
  const goods = detail.product?.category ?? ''
  return [...counts]
    .sort(([, a], [, b]) => b.times - a.times || b.last - a.last)
    .map(([intent]) => [titleOf(intent), goods].filter(Boolean).join(' · '))
    .filter((tag) => !detail.tags.includes(tag))
    .slice(0, MOST)
}
