/** Who is logged in at this page. The cookie is the gateway's; the page only knows the name and the role. */

import { computed, reactive, readonly } from 'vue'
import { ApiError, messageOf, request } from './api'

export type Role = 'agent' | 'trainer' | 'supervisor'

export interface Me {
  username: string
  name: string
  role: Role
}

/** `unknown` until the gateway has been asked; `unreachable` when it could not be. */
export type AccountState = 'unknown' | 'out' | 'in' | 'unreachable'

interface Account {
  state: AccountState
  me: Me | null
  error: string
  /** The login ended while the page was open. */
  hasExpired: boolean
}

const account = reactive<Account>({ state: 'unknown', me: null, error: '', hasExpired: false })

export const ROLE_NAMES: Record<Role, string> = { agent: '客服', trainer: '训练师', supervisor: '主管' }
export const HOME: Record<Role, string> = { agent: '/desk', trainer: '/workbench', supervisor: '/desk' }

export function useAccount() {
  return { account: readonly(account), me: computed(() => account.me) }
}

export async function findAccount(): Promise<void> {
  account.state = 'unknown'
  try {
    enter(await request<Me>('/api/me'))
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) account.state = 'out'
    else Object.assign(account, { state: 'unreachable', error: messageOf(error) })
  }
}

/** Throws ApiError with a sentence for the form. */
export async function login(username: string, password: string): Promise<Me> {
  const me = await request<Me>('/api/login', { body: { username, password } })
  enter(me)
  return me
}

export async function logout(): Promise<void> {
  await request('/api/logout', { method: 'POST' })
  Object.assign(account, { state: 'out', me: null, hasExpired: false })
}

/** Call with every error of a request: a login that has ended brings the login page back. True when it had. */
export function noticeExpiry(error: unknown): boolean {
  const hasExpired = error instanceof ApiError && error.status === 401
  if (hasExpired) expire()
  return hasExpired
}

export function expire(): void {
  if (account.state !== 'in') return
  Object.assign(account, { state: 'out', me: null, hasExpired: true })
}

function enter(me: Me): void {
  Object.assign(account, { state: 'in', me, error: '', hasExpired: false })
}
