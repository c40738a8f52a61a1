import { contrast, palette, parseHex, type Rgb } from '@/widget/color'
import { describe, expect, it } from 'vitest'

const rgb = (css: string): Rgb => css.match(/\d+/g)!.map(Number) as unknown as Rgb
const BRANDS = ['#d9532c', '#fff', '#000000', '#ffe600', '#07c160', '#1677ff', '#ff0036', '#777777']

describe("any shop's colour stays readable", () => {
  for (const dark of [false, true]) {
    it.each(BRANDS)(`%s on ${dark ? 'dark' : 'light'}`, (brand) => {
      const colors = palette(brand, dark)
      expect(contrast(rgb(colors.fill), rgb(colors.onFill))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(colors.text), rgb(colors.soft))).toBeGreaterThanOrEqual(4.5)
    })
  }
})

it('keeps its own persimmon when the colour is a typing error', () => {
  expect(palette('tomato', false)).toEqual(palette(null, false))
  expect(parseHex('#d95')).toEqual([0xdd, 0x99, 0x55])
})
