/** Building the widget's nodes. Data only ever becomes text nodes and checked attributes, never markup. */

type Child = Node | string | number | null | undefined | false
type Value = string | number | boolean | null | undefined

export interface Props {
  class?: string
  /** Attributes; false, null and undefined leave the attribute out, true sets it empty. */
  attrs?: Record<string, Value>
  on?: Record<string, (event: never) => void>
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (props.class) element.className = props.class
  for (const [name, value] of Object.entries(props.attrs ?? {})) setAttribute(element, name, value)
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener as EventListener)
  append(element, children)
  return element
}

export function setAttribute(element: Element, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

export function append(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    parent.append(child instanceof Node ? child : String(child))
  }
}

/** Puts `nodes` under `parent` in this order, touching only what is not already there. */
export function place(parent: Element, nodes: Element[]): void {
  const wanted = new Set<Element>(nodes)
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove()
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null)
  })
}

const ICONS = {
  chat: ['M12 4c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-.9 0-1.8-.1-2.6-.3L5 20l1-3.6C4.4 15.1 3.5 13.2 3.5 11c0-3.9 3.8-7 8.5-7Z', 'M8.5 11h.01M12 11h.01M15.5 11h.01'],
  down: ['m6 9.5 6 6 6-6'],
  close: ['m7 7 10 10M17 7 7 17'],
  send: ['M12 19V5.5M6 11l6-6 6 6'],
  person: ['M12 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z', 'M5 19.5c.7-3.2 3.5-5 7-5s6.3 1.8 7 5'],
  image: ['M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z', 'm4.5 16 4.5-4.5 4 4 2.5-2.5 4 3.5', 'M15 9.5h.01'],
  order: ['M6 4h12v16l-2.4-1.5L13.2 20 12 19.2 10.8 20l-2.4-1.5L6 20Z', 'M9 9h6M9 13h4'],
  retry: ['M19 12a7 7 0 1 1-2-4.9', 'M19 4v4h-4'],
  camera: ['M4.5 8h3L9 5.5h6L16.5 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z', 'M12 16.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z'],
  more: ['M5.5 12h.01M12 12h.01M18.5 12h.01'],
  star: ['m12 4 2.4 5 5.5.7-4 3.8 1 5.5-4.9-2.7L7.1 19l1-5.5-4-3.8L9.6 9Z'],
  plus: ['M12 6v12M6 12h12'],
} as const

export type IconName = keyof typeof ICONS

const SVG = 'http://www.w3.org/2000/svg'

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', line)
    svg.append(path)
  }
  return svg
}

/** A shop's picture of a product; where it has gone, a quiet sign in its place. */
export function photo(address: string, side: number): HTMLElement {
  const image = h('img', { attrs: { src: address, alt: '', width: side, height: side } })
  image.addEventListener('error', () => image.replaceWith(noPhoto()))
  return image
}

export function noPhoto(): HTMLElement {
  return h('span', { class: 'no-image' }, icon('image'))
}

/** An address that may be followed or loaded: http, https or relative to the gateway. Anything else is null. */
export function safeUrl(value: unknown, base: string): string | null {
  if (typeof value !== 'string' || !value) return null
  try {
    const url = new URL(value, base)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.toString() : null
  } catch {
    return null
  }
}
