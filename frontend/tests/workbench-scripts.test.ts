import { expect, test } from 'vitest'
import type { Entry, EntryBrief, Finding, Script } from '@/workbench/model'
import { filled, findingsOf, isSame, listed, nextId, tidied, topicFor, topicsOf, wordingOn, wordsOf } from '@/workbench/scripts'

const script = (facts: Partial<Script> = {}): Script => ({ id: 'a', text: '在的。', buttons: [], valid_from: null, valid_to: null, image: null, ...facts })
const finding = (facts: Partial<Finding>): Finding => ({ kind: 'promise', level: 'look', field: 'scripts.0', quote: '', place: '', ...facts })
const entry: Entry = { id: 'a.b', intent: 'greet', question: '在吗', variants: ['在不在', '有人吗'], scripts: [script()] }
const brief = (id: string, facts: Partial<EntryBrief> = {}): EntryBrief => ({ id, intent: 'greet', question: id, text: '', variants: 8, scripts: 1, hits: 0, open: null, needs_review: false, ...facts })

test('the preview is filled with the shop’s own values, and an unknown name stays visible', () => {
  expect(filled('{shop}满 {free} 元包邮', { shop: '云朵小铺' })).toBe('云朵小铺满 {free} 元包邮')
})

test('a running campaign speaks before the standing wording, and one that is over does not', () => {
  const scripts = [script(), script({ id: 'winter', valid_from: '2026-12-01', valid_to: '2026-12-31' })]
  expect(wordingOn(scripts, '2026-12-31')?.id).toBe('winter')
  expect(wordingOn(scripts, '2027-01-01')?.id).toBe('a')
  expect(wordingOn(scripts.slice(1), '2027-01-01')).toBeNull()
})

test('blank lines and blanks are no change', () => {
  expect(isSame(tidied(entry, ' 在不在 \n\n有人吗\n'), entry)).toBe(true)
  expect(isSame(tidied(entry, '在不在'), entry)).toBe(false)
  expect(tidied({ ...entry, scripts: [script({ valid_to: '' })] }, '').scripts[0].valid_to).toBeNull()
})

test('a finding is told in words where it belongs', () => {
  const findings = [finding({ quote: '保证' }), finding({ kind: 'taken_phrasing', field: 'variants.3', quote: '在吗', place: 'x.y' })]
  expect(findingsOf(findings, 'variants').map(wordsOf)).toEqual(['「在吗」已经是 x.y 的问法，两处只能留一处'])
  expect(findingsOf(findings, 'scripts.0').map(wordsOf)[0]).toContain('「保证」是承诺')
  expect(findingsOf(findings, 'scripts.1')).toEqual([])
})

test('the most used scripts stand first, and those never used can be listed alone', () => {
  const entries = [brief('one'), brief('two', { hits: 9 }), brief('three', { open: 'draft' })]
  expect(listed(entries, 'all', '', () => '').map(({ id }) => id)).toEqual(['two', 'one', 'three'])
  expect(listed(entries, 'never', '', () => '').map(({ id }) => id)).toEqual(['one', 'three'])
  expect(listed(entries, 'open', '', () => '').map(({ id }) => id)).toEqual(['three'])
  expect(listed(entries, 'all', '问好', () => '问好')).toHaveLength(3)
})

test('a further wording gets a free name', () => {
  expect(nextId([script(), script({ id: 'c' })])).toBe('b')
})

test('a new script goes where most scripts of its intent stand, and topics are called after what they answer', () => {
  const entries = [brief('shop.a', { intent: 'ask_shop' }), brief('shop.b', { intent: 'ask_shop' }), brief('bot.c', { intent: 'ask_shop' }), brief('bot.d', { intent: 'ask_bot' }), brief('bot.e', { intent: 'ask_bot' })]
  expect([topicFor(entries, 'ask_shop'), topicFor(entries, 'ask_bot'), topicFor(entries, 'bargain')]).toEqual(['shop', 'bot', ''])
  expect(topicsOf(entries, (name) => name)).toEqual([{ id: 'bot', title: 'ask_bot、ask_shop' }, { id: 'shop', title: 'ask_shop' }])
})
