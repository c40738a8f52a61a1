import { Drafts } from '@/desk/drafts'
import { CHEAT_SHEET, commandFor, placeOf, type KeyPress, type Place } from '@/desk/keys'
import { describe, expect, it } from 'vitest'

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...part,
})

describe('the keys of the desk', () => {
  it.each<[string, Place, string | null]>([
    ['j', 'page', 'next'],
    ['ArrowUp', 'page', 'previous'],
    ['J', 'control', 'next'],
    ['Enter', 'page', 'enter'],
    ['Enter', 'control', null],
    ['?', 'page', 'help'],
    ['v', 'page', 'picture'],
    ['v', 'text', null],
    ['j', 'text', null],
    ['Enter', 'text', null],
    ['Escape', 'text', 'leave'],
    ['Escape', 'dialog', null],
  ])('%s on a %s means %s', (key, place, command) => {
    expect(commandFor(press(key), place)).toBe(command)
  })

  it('mean the open conversation when its own line has the focus, and the line when another has', () => {
    document.body.innerHTML = '<button id="open" data-conversation-id="a" aria-current="true"></button><button id="other" data-conversation-id="b"></button>'
    expect(placeOf(document.getElementById('open'))).toBe('page')
    expect(placeOf(document.getElementById('other'))).toBe('control')
  })

  it('send the second suggestion while a reply is being written', () => {
    expect(commandFor(press('2', { ctrlKey: true }), 'text')).toBe('send-2')
  })

  it('do nothing while an input method is composing', () => {
    expect(commandFor(press('1', { ctrlKey: true, isComposing: true }), 'text')).toBeNull()
    expect(commandFor(press('Escape', { isComposing: true }), 'text')).toBeNull()
  })

  it('are all on the sheet, and every single letter there does something', () => {
    const letters = CHEAT_SHEET.flatMap(({ keys }) => keys).map(([[key]]) => key).filter((key) => /^[A-Z?/]$/.test(key))
    expect(new Set(letters).size).toBe(letters.length)
    expect(letters.filter((key) => commandFor(press(key), 'page') === null)).toEqual([])
    const known = [...'abcdefghijklmnopqrstuvwxyz'].filter((key) => commandFor(press(key), 'page'))
    expect(known.filter((key) => !letters.includes(key.toUpperCase()))).toEqual([])
  })

  it('leave the browser its own chords', () => {
    expect(commandFor(press('r', { ctrlKey: true }), 'page')).toBeNull()
  })
})

describe('drafts', () => {
  it('are kept for each conversation and outlive a reload', () => {
    localStorage.clear()
    const drafts = new Drafts(localStorage)
    drafts.set('a', '您好，我看')
    drafts.set('b', '稍等')
    drafts.set('b', '')
    const later = new Drafts(localStorage)
    expect([later.get('a'), later.get('b')]).toEqual(['您好，我看', ''])
  })

  it('survive a broken or blocked storage', () => {
    const broken = { getItem: () => '{oh', setItem: () => { throw new Error('full') } } as unknown as Storage
    const drafts = new Drafts(broken)
    drafts.set('a', '您好')
    expect(drafts.get('a')).toBe('您好')
  })

  it('of long ago make room', () => {
    const drafts = new Drafts(null)
    for (let n = 0; n <= 100; n++) drafts.set(`c${n}`, '草稿', n)
    expect(drafts.get('c0')).toBe('')
    expect(drafts.get('c100')).toBe('草稿')
  })
})
