/** The desk's calls. Every one may throw ApiError. */

import { request } from '@/common/api'
import type { Approval, Board, Colleague, Department, DeskMessage, Detail, FeedbackWeek, FollowUp, FoundJson, ListedJson, Note, OpenPledge, Owned, Phrase, Pledge, Presence, Suggestion, Trouble, Words } from './model'

export type ListState = 'queued' | 'human' | 'bot' | 'closed'

const at = (id: string, step = ''): string => `/api/desk/conversations/${encodeURIComponent(id)}${step}`

/** A photo over a slow line takes longer than words. */
const UPLOAD = 60_000

function pictureForm(file: Blob, client_id: string, version: number): FormData {
  const form = new FormData()
  form.set('file', file, 'image.jpg')
  form.set('client_id', client_id)
  form.set('version', String(version))
  return form
}

export const gateway = {
  words: () => request<Words>('/api/desk/words'),
  agents: () => request<Colleague[]>('/api/desk/agents'),
  duty: () => request<Colleague>('/api/desk/duty'),
  setDuty: (presence: Presence) => request<Colleague>('/api/desk/duty', { body: { presence } }),
  setCapacity: (username: string, capacity: number | null) =>
    request<Colleague>(`/api/desk/agents/${encodeURIComponent(username)}/capacity`, { method: 'PUT', body: { capacity } }),
  list: (state: ListState) => request<ListedJson[]>('/api/desk/conversations', { query: { state } }),
  detail: (id: string, signal?: AbortSignal) => request<Detail>(at(id), { signal }),
  take: (id: string, version: number) => request<Owned>(at(id, '/take'), { body: { version } }),
  say: (id: string, text: string, client_id: string, version: number, image?: string | null) =>
    request<Owned & { message: DeskMessage }>(at(id, '/messages'), { body: image ? { text, client_id, version, image } : { text, client_id, version } }),
  sayPicture: (id: string, file: Blob, client_id: string, version: number) =>
    request<Owned & { message: DeskMessage }>(at(id, '/attachments'), { body: pictureForm(file, client_id, version), timeout: UPLOAD }),
  giveBack: (id: string, version: number, note: string) => request<Owned>(at(id, '/return'), { body: { version, note } }),
  close: (id: string, version: number) => request<Owned>(at(id, '/close'), { body: { version } }),
  transfer: (id: string, version: number, agent: string) => request<Owned>(at(id, '/transfer'), { body: { version, agent } }),
  note: (id: string, text: string) => request<Note>(at(id, '/notes'), { body: { text } }),
  tag: (id: string, text: string) => request<string[]>(at(id, '/tags'), { body: { text } }),
  untag: (id: string, text: string) => request<void>(at(id, `/tags/${encodeURIComponent(text)}`), { method: 'DELETE' }),
  promise: (id: string, text: string, due: string | null) => request<Pledge>(at(id, '/promises'), { body: { text, due } }),
  settle: (id: string, promise: string, is_done: boolean) =>
    request<void>(at(id, `/promises/${encodeURIComponent(promise)}`), { body: { is_done } }),
  promises: () => request<{ closes: string; promises: OpenPledge[] }>('/api/desk/promises'),
  movePromise: (promise: string, due: string, text: string) =>
    request<{ promise: Pledge }>(`/api/desk/promises/${encodeURIComponent(promise)}/move`, { body: { due, text } }),
  followUps: () => request<FollowUp[]>('/api/desk/follow-ups'),
  callOff: (followUp: string) => request<void>(`/api/desk/follow-ups/${encodeURIComponent(followUp)}`, { method: 'DELETE' }),
  search: (q: string) => request<FoundJson[]>('/api/desk/search', { query: { q } }),
  feedbackWeek: (week?: string) => request<FeedbackWeek>('/api/desk/feedback', { query: { week } }),
  phrases: () => request<Phrase[]>('/api/desk/phrases'),
  reject: (id: string, question: string, { faq_id, script_id, score }: Suggestion, reason: string) =>
    request<void>(at(id, '/rejections'), { body: { question, faq_id, script_id, score, reason } }),
  board: (id: string, trouble: Trouble) => request<Board>(at(id, '/remedies'), { query: { ...trouble } }),
  sendRemedies: (id: string, trouble: Trouble, kinds: string[], client_id: string, version: number) =>
    request<Owned & { message: DeskMessage }>(at(id, '/remedies'), { body: { ...trouble, kinds, client_id, version } }),
  approvals: () => request<Approval[]>('/api/desk/approvals'),
  decide: (approval: string, approve: boolean, word: string) =>
    request<Approval>(`/api/desk/approvals/${encodeURIComponent(approval)}/decision`, { body: { approve, word } }),
  withdraw: (approval: string) => request<Approval>(`/api/desk/approvals/${encodeURIComponent(approval)}/withdraw`, { method: 'POST' }),
  askRemedy: (id: string, trouble: Trouble, remedy: string, reason: string) =>
    request<Approval>(at(id, '/approvals/remedy'), { body: { ...trouble, remedy, reason } }),
  askPrice: (id: string, product_id: string, price: string, reason: string) =>
    request<Approval>(at(id, '/approvals/price'), { body: { product_id, price, reason } }),
  changeOrder: (id: string, order: string, step: string, body: object, client_id: string) =>
    request<Owned & { message: DeskMessage }>(at(id, `/orders/${encodeURIComponent(order)}/${step}`), { body: { ...body, client_id } }),
  giveCoupon: (id: string, coupon_id: string, client_id: string) =>
    request<Owned & { message: DeskMessage }>(at(id, '/coupons'), { body: { coupon_id, client_id } }),
  feedback: (id: string, department: Department, quote: string) =>
    request<{ id: string }>(at(id, '/feedback'), { body: { department, quote } }),
}

export type DeskGateway = typeof gateway
