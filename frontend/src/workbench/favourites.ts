/** Which intents stand on keys 4–9: what this trainer chooses most. Fixed while the page is open, so that fingers learn them. */

const KEY = 'xiaoer-workbench-intents'
/** For a trainer who has not chosen yet: where misread messages usually belong. */
const START = ['inform', 'out_of_scope', 'chitchat', 'ask_product_info', 'request_human', 'complain']
export const FIRST_KEY = 4
export const LAST_KEY = 9

type Counts = Record<string, number>

export class Favourites {
  private counts: Counts
  private readonly order: string[]
  private readonly storage: Storage | null

  constructor(known: readonly string[], storage: Storage | null) {
    this.storage = storage
    this.counts = read(storage)
    const chosen = Object.entries(this.counts).sort(([, a], [, b]) => b - a)
    this.order = [...new Set([...chosen.map(([name]) => name), ...START, ...known])].filter((name) => known.includes(name))
  }

  /** Six intents that are not among `top`. */
  beside(top: readonly string[]): string[] {
    return this.order.filter((name) => !top.includes(name)).slice(0, LAST_KEY - FIRST_KEY + 1)
  }

  chose(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.counts))
    } catch {
      // storage is full or blocked: the keys start the same next time
    }
  }
}

function read(storage: Storage | null): Counts {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Counts) : {}
  } catch {
    return {}
  }
}
