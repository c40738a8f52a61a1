/** What a key means in the inbox. */

export type InboxCommand = { kind: 'pick'; index: number } | { kind: 'confirm' | 'aside' | 'undo' | 'list' | 'ways' | 'mark' | 'table' | 'next' | 'previous' }

const PLAIN: Record<string, InboxCommand> = {
  enter: { kind: 'confirm' },
  x: { kind: 'aside' },
  z: { kind: 'undo' },
  n: { kind: 'list' },
  a: { kind: 'ways' },
  e: { kind: 'mark' },
  l: { kind: 'table' },
  arrowright: { kind: 'next' },
  arrowdown: { kind: 'next' },
  arrowleft: { kind: 'previous' },
  arrowup: { kind: 'previous' },
}

/** Null for everything typed into a field, chorded with a modifier, or held down. */
export function inboxCommand(event: KeyboardEvent): InboxCommand | null {
  if (event.isComposing || event.repeat || event.altKey) return null
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest('input:not([type="checkbox"]), textarea, select, [role="dialog"]')) return null
  const key = event.key.toLowerCase()
  if ((event.ctrlKey || event.metaKey) && key !== 'z') return null
  if (/^[1-9]$/.test(key)) return { kind: 'pick', index: Number(key) - 1 }
  // Enter on a focused button presses that button.
  if (key === 'enter' && target?.closest('button, a')) return null
  return PLAIN[key] ?? null
}
