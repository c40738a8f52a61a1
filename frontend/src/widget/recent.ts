/** Products she has looked at in this shop, newest first, so that she can point at one in the chat. */

export interface Viewed {
  id: string
  name: string
  image: string | null
  price: string | null
}

const MOST = 8
const key = (server: string): string => `xiaoer-chat:recent:${server}`

export function viewed(server: string): Viewed[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(key(server)) ?? '[]')
    return Array.isArray(saved) ? saved.filter((item): item is Viewed => typeof item?.id === 'string' && typeof item?.name === 'string') : []
  } catch {
    return []
  }
}

export function rememberViewed(server: string, product: Viewed): void {
  try {
    const others = viewed(server).filter((item) => item.id !== product.id)
    localStorage.setItem(key(server), JSON.stringify([product, ...others].slice(0, MOST)))
  } catch {
    // storage is full or blocked: the list stays short
  }
}
