/** How this person likes the chat, on this device; the page's attributes are only the beginning. */

export interface Preferences {
  isLarge?: boolean
  isMuted?: boolean
}

const KEY = 'xiaoer-chat:preferences'

export function preferences(): Preferences {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof saved === 'object' && saved !== null ? (saved as Preferences) : {}
  } catch {
    return {}
  }
}

export function prefer(change: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...change }))
  } catch {
    // storage is full or blocked: it holds as long as the page is open
  }
}
