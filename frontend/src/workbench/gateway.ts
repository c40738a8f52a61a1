/** The workbench's calls. Every one may throw ApiError. */

import { request } from '@/common/api'
import type { Mark } from './marks'
import type { Change, Entry, EntryBrief, Estimate, Finding, InboxItem, Insights, Intent, Neighbour, NewEntry, OpenQuestion, Probe, RejectedScript, Run, RunBrief, ScriptChange, ScriptPage } from './model'

/** How many messages one fetch of the inbox brings. */
export const INBOX_LIMIT = 100
/** A swap of the serving model loads it first. */
const SWAP_TIMEOUT = 90_000

const change = (id: string, step: string): string => `/api/workbench/changes/${encodeURIComponent(id)}/${step}`
const script = (id: string, step = ''): string => `/api/workbench/scripts/${encodeURIComponent(id)}${step}`
const scriptStep = (id: string, step: string): string => `/api/workbench/script-changes/${encodeURIComponent(id)}/${step}`
const run = (id: string, step = ''): string => `/api/workbench/runs/${encodeURIComponent(id)}${step}`

export const gateway = {
  intents: () => request<Intent[]>('/api/workbench/intents'),
  inbox: () => request<InboxItem[]>('/api/workbench/inbox', { query: { order: 'value', limit: INBOX_LIMIT }, timeout: 30_000 }),
  neighbours: (text: string) => request<Neighbour[]>('/api/workbench/neighbours', { query: { text }, timeout: 30_000 }),
  estimate: (texts: string[], intent: string, signal: AbortSignal) =>
    request<Estimate>('/api/workbench/estimate', { body: { texts, intent }, signal, timeout: 90_000 }),
  entities: () => request<string[]>('/api/workbench/entities'),
  label: (message_id: string, intent: string | null, also: string[] = [], entities: readonly Mark[] = []) =>
    request<Change>('/api/workbench/annotations', { body: { message_id, intent, entities, also } }),
  changes: () => request<{ changes: Change[]; diff: string }>('/api/workbench/changes', { timeout: 60_000 }),
  apply: (id: string) => request<Change>(change(id, 'apply'), { method: 'POST', timeout: 30_000 }),
  drop: (id: string) => request<Change>(change(id, 'drop'), { method: 'POST' }),
  runs: () => request<RunBrief[]>('/api/workbench/runs'),
  run: (id: string) => request<Run>(run(id)),
  start: () => request<Run>('/api/workbench/runs', { method: 'POST', timeout: 30_000 }),
  promote: (id: string, force: boolean) =>
    request<Run>(run(id, '/promote'), { method: 'POST', query: { force: force || null }, timeout: SWAP_TIMEOUT }),
  rollback: (id: string) => request<Run>(run(id, '/rollback'), { method: 'POST', timeout: SWAP_TIMEOUT }),
  scripts: () => request<{ values: Record<string, string>; pictures: string[]; entries: EntryBrief[] }>('/api/workbench/scripts', { timeout: 30_000 }),
  script: (id: string) => request<ScriptPage>(script(id), { timeout: 30_000 }),
  checkScript: (entry: Entry, signal: AbortSignal) => request<Finding[]>(script(entry.id, '/check'), { body: entry, signal, timeout: 30_000 }),
  checkNewScript: (entry: NewEntry, signal: AbortSignal) => request<Finding[]>('/api/workbench/script-drafts/check', { body: entry, signal, timeout: 30_000 }),
  createScript: (entry: NewEntry) => request<ScriptChange>('/api/workbench/script-drafts', { body: entry, timeout: 30_000 }),
  saveScript: (entry: Entry, seen: string) => request<ScriptChange>(script(entry.id, '/changes'), { body: { ...entry, seen }, timeout: 30_000 }),
  stepScript: (id: string, step: 'approve' | 'drop' | 'publish' | 'rollback') =>
    request<ScriptChange>(scriptStep(id, step), { method: 'POST', timeout: 60_000 }),
  insights: () => request<Insights>('/api/workbench/insights', { timeout: 60_000 }),
  measure: () => request<{ is_measuring: boolean }>('/api/workbench/insights/measure', { method: 'POST' }),
  rejections: () => request<RejectedScript[]>('/api/workbench/rejections'),
  openQuestions: () => request<OpenQuestion[]>('/api/workbench/insights/questions', { timeout: 120_000 }),
  probe: (text: string) => request<Probe>('/api/workbench/probe', { query: { text }, timeout: 30_000 }),
  probes: (texts: string[]) => request<Probe[]>('/api/workbench/probe', { body: { texts }, timeout: 60_000 }),
}

export type WorkbenchGateway = typeof gateway
