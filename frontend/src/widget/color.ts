/** A readable palette from the shop's one colour, for light and dark. Contrast as WCAG 2 defines it. */

export type Rgb = readonly [number, number, number]

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [24, 12, 6]
const LIGHT_SURFACE: Rgb = [255, 253, 251]
const DARK_SURFACE: Rgb = [31, 26, 23]
export const DEFAULT_BRAND = '#d9532c'

/** `#rgb` or `#rrggbb`; anything else gives null. */
export function parseHex(text: string | null): Rgb | null {
  const hex = (text ?? '').trim().replace(/^#/, '')
  const full = /^[0-9a-f]{3}$/i.test(hex) ? [...hex].map((digit) => digit + digit).join('') : hex
  if (!/^[0-9a-f]{6}$/i.test(full)) return null
  return [0, 2, 4].map((start) => parseInt(full.slice(start, start + 2), 16)) as unknown as Rgb
}

/** `share` of `a`, the rest of `b`. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((channel, index) => Math.round(channel * share + b[index] * (1 - share))) as unknown as Rgb
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const value = channel / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** `color` moved towards `end` until it stands out from `against` by 4.5 : 1. */
export function readable(color: Rgb, against: Rgb, end: Rgb): Rgb {
  for (let share = 1; share > 0; share -= 0.04) {
    const candidate = mix(color, end, share)
    if (contrast(candidate, against) >= 4.5) return candidate
  }
  return end
}

export interface Palette {
  brand: string
  fill: string
  onFill: string
  text: string
  soft: string
  line: string
}

export function palette(brand: string | null, dark: boolean): Palette {
  const base = parseHex(brand) ?? (parseHex(DEFAULT_BRAND) as Rgb)
  const surface = dark ? DARK_SURFACE : LIGHT_SURFACE
  const soft = mix(base, surface, dark ? 0.17 : 0.11)
  const fill = dark ? readable(mix(base, WHITE, 0.86), BLACK, WHITE) : readable(base, WHITE, BLACK)
  return {
    brand: css(dark ? mix(base, WHITE, 0.8) : base),
    fill: css(fill),
    onFill: css(dark ? BLACK : WHITE),
    text: css(readable(base, soft, dark ? WHITE : BLACK)),
    soft: css(soft),
    line: css(mix(base, surface, dark ? 0.42 : 0.3)),
  }
}

function css(color: Rgb): string {
  return `rgb(${color.join(' ')})`
}
