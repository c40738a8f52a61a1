/** Unsent replies, one a conversation. They outlive a reload and a lost network. */

const KEY = 'xiaoer-desk-drafts'
const MOST = 100

type Kept = Record<string, { text: string; at: number }>

export class Drafts {
  private kept: Kept
  private readonly storage: Storage | null

  constructor(storage: Storage | null = safeStorage()) {
    this.storage = storage
    this.kept = this.read()
  }

  get(id: string): string {
    return this.kept[id]?.text ?? ''
  }

  set(id: string, text: string, at: number = Date.now()): void {
    if (text) this.kept[id] = { text, at }
    else delete this.kept[id]
    const newest = Object.entries(this.kept).sort(([, a], [, b]) => b.at - a.at)
    this.kept = Object.fromEntries(newest.slice(0, MOST))
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.kept))
    } catch {
      // storage is full or blocked: the drafts last as long as the page
    }
  }

  private read(): Kept {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '{}')
      return typeof kept === 'object' && kept !== null ? (kept as Kept) : {}
    } catch {
      return {}
    }
  }
}

function safeStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
