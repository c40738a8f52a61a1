/** The open conversation is in the address, so that reload, back and links work. */

import { onMounted, onUnmounted } from 'vue'

const shown = (): string | null => decodeURIComponent(window.location.hash.slice(1)) || null

export function useAddress(open: (id: string | null) => void) {
  const follow = (): void => open(shown())

  function choose(id: string | null): void {
    if (id === shown()) return
    if (id) window.location.hash = encodeURIComponent(id)
    else {
      window.history.pushState(null, '', window.location.pathname)
      follow()
    }
  }

  onMounted(() => {
    window.addEventListener('hashchange', follow)
    window.addEventListener('popstate', follow)
    follow()
  })
  onUnmounted(() => {
    window.removeEventListener('hashchange', follow)
    window.removeEventListener('popstate', follow)
  })

  return { choose }
}
