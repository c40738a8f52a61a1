/** At full screen, Tab goes round within the panel. */

export function keepFocus(panel: HTMLElement, active: Element | null, event: KeyboardEvent): void {
  const all = [...panel.querySelectorAll<HTMLElement>('button, textarea, input, a[href], [tabindex="0"]')]
  const reachable = all.filter((element) => !element.hasAttribute('disabled') && element.tabIndex >= 0 && element.offsetParent !== null && !element.closest('[inert]'))
  const [first, last] = [reachable[0], reachable[reachable.length - 1]]
  if (event.shiftKey ? active === first || active === panel : active === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
}
