/** Short notes below the bar: what happened, what was kept, at most one thing to do. */

import { reactive } from 'vue'

export type ToastKind = 'good' | 'bad' | 'plain' | 'conflict'

export interface Toast {
  id: number
  kind: ToastKind
  text: string
  action?: { title: string; run: () => void }
}

const MOST = 3
const SECONDS: Record<ToastKind, number> = { good: 3, plain: 4, bad: 8, conflict: 8 }

export const toasts = reactive<Toast[]>([])
let last = 0

export function toast(text: string, kind: ToastKind = 'plain', action?: Toast['action']): void {
  const same = toasts.findIndex((shown) => shown.text === text)
  if (same >= 0) toasts.splice(same, 1)
  const id = ++last
  toasts.push({ id, kind, text, action })
  if (toasts.length > MOST) toasts.shift()
  setTimeout(() => dismiss(id), SECONDS[kind] * 1000)
}

export function dismiss(id: number): void {
  const index = toasts.findIndex((shown) => shown.id === id)
  if (index >= 0) toasts.splice(index, 1)
}
