/** Where a picture of the shop may come from: this site only, whatever a card says. */

export function imageUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !value) return null
  const path = value.startsWith('/') ? value : `/shop-images/${value.replace(/^images\//, '')}`
  const url = new URL(path, window.location.origin)
  return url.origin === window.location.origin ? url.pathname + url.search : null
}
