/** What the workbench is told by the gateway (bot/web/workbench.py, bot/training). */

import type { Entity } from '@/common/entities'
import type { Sender } from '@/common/messages'

export interface Intent {
  name: string
  title: string
}

export interface Ranked {
  name: string
  confidence: number
}

export type InboxReason = 'uncertain' | 'asked_back' | 'handed_over' | 'rejected'

export interface InboxItem {
  message_id: string
  text: string
  /** Near-identical messages behind this one, itself included. */
  count: number
  /** Other ways it was put, that one decision may teach as well. */
  also: { message_id: string; text: string }[]
  ranking: Ranked[]
  entities: Entity[]
  /** Start and end of each word, in characters. */
  words: [number, number][]
  reasons: InboxReason[]
  value: number
  context: { sender: Sender; text: string }[]
  conversation_id: string
  created_at: string
}

/** An example in the language files that says the same or nearly. */
export interface Neighbour {
  text: string
  intent: string
  /** File and line. */
  place: string
  is_same: boolean
  likeness: number
}

/** What examples would do to the held-out scores, estimated on the serving model's weights. */
export interface Estimate {
  /** Held-out sentences. */
  judged: number
  accuracy: { before: number; after: number }
  /** Intents whose F1 moves, the worst fall first. */
  intents: { intent: string; before: number; after: number }[]
  fixed: Misread[]
  broken: Misread[]
  /** The chance of the intent on each example itself. */
  own: { text: string; before: number; after: number }[]
}

/** A staged decision; `intent` is null for a message that was put aside. */
export interface Change {
  id: string
  message_id: string
  text: string
  intent: string | null
  entities: Entity[]
  state: 'staged' | 'applied' | 'dropped' | 'discarded'
  trainer: string
  created_at: string
  /** Changes staged by the same decision. */
  also?: string[]
}

export type RunState = 'queued' | 'training' | 'evaluating' | 'ready' | 'promoted' | 'rolled_back' | 'failed'

export interface RunBrief {
  id: string
  state: RunState
  /** 0–1 */
  progress: number
  trainer: string
  created_at: string
  finished_at: string | null
  error: string
  /** How many decisions it was trained with. */
  changes: number
  /** Of the run's model on the held-out sentences; null while there is none. */
  accuracy: number | null
  macro_f1: number | null
  /** Some intents fell by more than is allowed. */
  is_gated?: boolean
}

export interface IntentScore {
  precision: number
  recall: number
  f1: number
  support: number
}

export interface Misread {
  text: string
  expected: string
  read_as: string
  confidence: number
}

export interface Scores {
  accuracy: number
  macro_f1: number
  intents: Record<string, IntentScore>
  misread: Misread[]
}

export interface Fall {
  intent: string
  before: number
  after: number
}

export interface Run extends RunBrief {
  step: string
  diff: string
  model: string | null
  previous_model: string | null
  before: Scores | null
  after: Scores | null
  /** Intents that fell by more than is allowed. */
  gate: Fall[]
}

export type Band = 'answer' | 'confirm' | 'none'

export interface Probe {
  text: string
  intent: Ranked | null
  ranking: Ranked[]
  entities: Entity[]
  faq: { band: Band; hits: { id: string; score: number; question: string }[] }
  bands: { answer: number; confirm: number }
  action: string
}

export const BUSY: readonly RunState[] = ['queued', 'training', 'evaluating']

export interface ScriptButton {
  title: string
  payload: string
}

export interface Script {
  id: string
  text: string
  buttons: ScriptButton[]
  /** ISO dates; a script with one of them is a campaign's. */
  valid_from: string | null
  valid_to: string | null
  /** A file of the shop's images that goes out with it. */
  image: string | null
}

export interface Entry {
  id: string
  intent: string
  question: string
  variants: string[]
  scripts: Script[]
}

/** What is known of a script somebody is about to write. */
export interface ScriptDraft {
  intent: string
  question: string
  variants: string[]
  answer: string
}

/** A script that there is not yet; its id is made from topic and question. */
export type NewEntry = Omit<Entry, 'id'> & { topic: string }

export interface EntryBrief {
  id: string
  intent: string
  question: string
  /** The first wording, with placeholders. */
  text: string
  variants: number
  scripts: number
  /** Answers given with it in the last 30 days. */
  hits: number
  /** State of the edit that is not published yet. */
  open: 'draft' | 'approved' | null
  needs_review: boolean
}

export interface Finding {
  kind: string
  level: 'stop' | 'look'
  /** `question`, `variants.3`, `scripts.0` */
  field: string
  quote: string
  place: string
}

export interface ScriptChange {
  id: string
  entry_id: string
  state: 'draft' | 'approved' | 'published' | 'rolled_back' | 'dropped'
  after: Entry
  diff: string
  needs_review: boolean
  author: string
  reviewer: string | null
  created_at: string
  settled_at: string | null
}

export interface ScriptPage {
  entry: Entry
  /** Sent back with an edit, to notice what others changed meanwhile. */
  seen: string
  file: string
  /** Null for one that is not published yet. */
  line: number | null
  needs_review: boolean
  findings: Finding[]
  changes: ScriptChange[]
}

export type IntentProblem = 'confused' | 'asked_back' | 'thin' | 'dead'

export interface IntentHealth {
  name: string
  examples: number
  f1: number | null
  /** Held-out sentences. */
  support: number
  /** Messages in 30 days, and how many of them were asked back about. */
  heard: number
  unclear: number
  problems: IntentProblem[]
  taken_for: string[]
}

export interface Confusion {
  expected: string
  /** Empty where the model read nothing. */
  read_as: string
  sentences: { text: string; confidence: number }[]
}

export interface Insights {
  is_measuring: boolean
  /** Why the last measuring failed. */
  error: string
  accuracy: number | null
  macro_f1: number | null
  /** Held-out sentences in all. */
  judged: number
  intents: IntentHealth[]
  confusions: Confusion[]
  scripts: { total: number; used: number; top: { id: string; question: string; hits: number }[] }
}

/** A suggestion that agents would not send, with every time, the newest first. */
export interface RejectedScript {
  faq_id: string
  title: string
  script_id: string
  count: number
  rejections: { conversation_id: string; question: string; reason: string; reason_title: string; created_at: string }[]
}

/** A frequent question that no script answers surely, drafted as an entry. */
export interface OpenQuestion {
  question: string
  variants: string[]
  customers: number
  intent: string
  nearest: { id: string; question: string; score: number } | null
  /** What agents typically said; empty where nobody answered. */
  answer: string
  /** YAML as data/faq takes it. */
  draft: string
}
