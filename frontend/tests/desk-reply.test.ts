import ReplyBox from '@/desk/parts/ReplyBox.vue'
import { Drafts } from '@/desk/drafts'
import { Trays } from '@/desk/tray'
import { createApp, nextTick, ref, type App } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const say = vi.fn()
const sayPicture = vi.fn()
const complain = vi.fn()
const isMine = ref(true)
const addPromise = vi.fn(async () => true)
const reject = vi.fn(async () => true)
const phrases = [
  { id: 'own.hold', group: '接待', title: '请稍等', text: '我查一下，大约【几】分钟，{agent}马上回复您。', initials: 'qsd', pinyin: 'qingshaodeng', is_campaign: false, valid_to: null },
  { id: 'own.stock', group: '商品', title: '查库存', text: '现在有 {stock} 件', initials: 'ckc', pinyin: 'chakucun', is_campaign: false, valid_to: null },
]
const desk = {
  me: { name: '小林' },
  words: ref({ rejections: { off_topic: '答非所问', tone: '语气不合适' }, low_stock: 3 }),
  now: ref(Date.now()),
  daily: { closes: ref('22:00') },
  phrases: { list: ref(phrases), state: ref('ready'), load: async () => undefined },
  drafts: new Drafts(null),
  trays: new Trays(() => undefined),
  room: { isMine, say, sayPicture, reject, isRejected: () => false, addPromise, newFrom: ref(null), isBusy: ref(false) },
  types: vi.fn(),
}
const asked = { seq: 1, sender: 'customer', author: '', text: '这件几天能到？', payload: null }
const small = new Blob(['small'], { type: 'image/jpeg' })
vi.mock('@/common/picture', async (real) => ({ ...(await real<object>()), prepare: async () => small, drawPicture: () => document.createElement('canvas') }))
vi.mock('@/desk/desk', () => ({ useDesk: () => desk }))

const suggestions = ['下午四点前付款当天发。', '仓库每天下午统一发货。', '偏远地区晚一天。'].map((text, index) => ({
  faq_id: `shipping.${index}`, script_id: 'a', question: '今天能发吗', text, score: 0.9 - index / 10,
}))

let app: App
let box: { sendSuggestion: (index: number) => void }
const area = (): HTMLTextAreaElement => document.querySelector<HTMLTextAreaElement>('[data-testid="reply-input"]')!

async function write(text: string): Promise<void> {
  area().value = text
  area().dispatchEvent(new Event('input'))
  await nextTick()
}

async function press(key: string, part: KeyboardEventInit & { keyCode?: number } = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...part })
  if (part.keyCode) Object.defineProperty(event, 'keyCode', { value: part.keyCode })
  area().dispatchEvent(event)
  await nextTick()
  return event
}

async function paste(...files: File[]): Promise<Event> {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { files } })
  area().dispatchEvent(event)
  await new Promise((done) => setTimeout(done))
  return event
}
const photo = (name = '尺码.png', type = 'image/png'): File => new File(['x'], name, { type })

describe('the reply box', () => {
  beforeEach(() => {
    say.mockReset()
    sayPicture.mockReset()
    desk.trays = new Trays(complain)
    complain.mockReset()
    isMine.value = true
    desk.drafts = new Drafts(null)
    document.body.innerHTML = '<div id="here"></div>'
    app = createApp(ReplyBox, { detail: { id: 'c1', owner: 'human', agent: 'xiaolin', agent_name: '小林', suggestions, transcript: [asked], notes: [], live: { agent: '小林', stock: '12' }, question: '', product: null } })
    app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('el-')
    app.config.warnHandler = () => undefined // kit components are not loaded here
    box = app.mount('#here') as unknown as typeof box
  })

  afterEach(() => app.unmount())

  it('sends with Enter and is empty again', async () => {
    await write('马上帮您看')
    await press('Enter')
    expect(say).toHaveBeenCalledWith('马上帮您看')
    expect(area().value).toBe('')
  })

  it('never sends while an input method is choosing characters', async () => {
    await write('mashang')
    await press('Enter', { isComposing: true })
    await press('Enter', { keyCode: 229 })
    expect(say).not.toHaveBeenCalled()
  })

  it('leaves Shift and Enter for a new line, and sends nothing that is only spaces', async () => {
    await write('第一行')
    expect((await press('Enter', { shiftKey: true })).defaultPrevented).toBe(false)
    await write('   ')
    await press('Enter')
    expect(say).not.toHaveBeenCalled()
  })

  it('takes the first suggestion with Tab and the next one with Tab again', async () => {
    await press('Tab')
    expect(area().value).toBe('下午四点前付款当天发。')
    await press('Tab')
    expect(area().value).toBe('仓库每天下午统一发货。')
  })

  it('finds a phrase by its initials, fills what is known, and Tab goes to the blank', async () => {
    await write('/qsd')
    expect(document.querySelectorAll('[data-testid="phrase"]')).toHaveLength(1)
    expect((await press('Enter')).defaultPrevented).toBe(true)
    await nextTick()
    expect(area().value).toBe('我查一下，大约【几】分钟，小林马上回复您。')
    expect(area().value.slice(area().selectionStart, area().selectionEnd)).toBe('【几】')
    expect(say).not.toHaveBeenCalled()
    area().setSelectionRange(20, 20)
    expect((await press('Tab')).defaultPrevented).toBe(true)
    expect(area().selectionStart).toBe(7)
  })

  it('closes the palette with Esc and leaves what was typed', async () => {
    await write('/qsd')
    await press('Escape')
    expect(document.querySelector('[data-testid="palette"]')).toBeNull()
    expect(area().value).toBe('/qsd')
  })

  it('asks once before an answer that leaves her question open, and sends when Enter is pressed again', async () => {
    await write('好的')
    await press('Enter')
    expect(say).not.toHaveBeenCalled()
    expect(document.querySelector('[data-testid="check"]')?.textContent).toContain('这件几天能到')
    await press('Enter')
    expect(say).toHaveBeenCalledWith('好的')
  })

  it('looks again at a reply that was changed after the note', async () => {
    await write('好的')
    await press('Enter')
    await write('好的，今天一定到')
    expect(document.querySelector('[data-testid="check"]')).toBeNull()
    await press('Enter')
    expect(say).not.toHaveBeenCalled()
    expect(document.querySelector('[data-testid="check"]')?.textContent).toContain('快递')
  })

  it('offers to write down what the reply promised', async () => {
    await write('我查一下，两小时内回复您')
    await press('Enter')
    document.querySelector<HTMLElement>('[data-testid="caught-keep"]')!.click()
    await nextTick()
    expect(addPromise).toHaveBeenCalledWith('两小时内回复您', expect.any(String))
  })

  it('rejects a suggestion with a reason by keyboard', async () => {
    document.querySelector<HTMLElement>('[data-testid="reject-2"]')!.click()
    await nextTick()
    await nextTick()
    const why = document.querySelector<HTMLElement>('[data-testid="why-off_topic"]')!
    why.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true, cancelable: true }))
    await nextTick()
    expect(reject).toHaveBeenCalledWith(suggestions[1], 'tone')
  })

  it('puts a script that is hardly about the question into the field first, and sends it when asked again', async () => {
    suggestions[1].score = 0.12
    box.sendSuggestion(1)
    await nextTick()
    expect([say.mock.calls.length, area().value]).toEqual([0, suggestions[1].text])
    box.sendSuggestion(1)
    expect(say).toHaveBeenCalledWith(suggestions[1].text, null)
    box.sendSuggestion(0)
    expect(say).toHaveBeenLastCalledWith(suggestions[0].text, null)
    suggestions[1].score = 0.8
  })

  it('lets Tab leave the field once the agent has written something', async () => {
    await write('您好')
    expect((await press('Tab')).defaultPrevented).toBe(false)
    expect(area().value).toBe('您好')
  })

  it('adds a pressed suggestion below what is written already', async () => {
    await write('您好')
    document.querySelector<HTMLButtonElement>('[data-testid="suggestion-2"]')!.click()
    await nextTick()
    expect(area().value).toBe('您好\n仓库每天下午统一发货。')
  })

  it('keeps what is written as this conversation’s draft', async () => {
    await write('写到一半')
    expect(desk.drafts.get('c1')).toBe('写到一半')
  })

  it('sends a pasted picture, made small, before the words written with it', async () => {
    expect((await paste(photo())).defaultPrevented).toBe(true)
    expect(document.querySelectorAll('[data-testid="picture-tile"]')).toHaveLength(1)
    await write('这是尺码表')
    await press('Enter')
    await press('Enter') // past the look before it goes
    expect(sayPicture).toHaveBeenCalledExactlyOnceWith(small)
    expect(say).toHaveBeenCalledWith('这是尺码表')
    expect(sayPicture.mock.invocationCallOrder[0]).toBeLessThan(say.mock.invocationCallOrder[0])
    expect(document.querySelector('[data-testid="picture"]')).toBeNull()
  })

  it('sends pictures without a word, and not one that was taken out again', async () => {
    await paste(photo('a.png'), photo('b.png'))
    document.querySelector<HTMLElement>('[data-testid="remove-picture"]')!.click()
    await nextTick()
    await press('Enter')
    expect(sayPicture).toHaveBeenCalledTimes(1)
    expect(say).not.toHaveBeenCalled()
  })

  it('leaves pasted text to the field, refuses what is no picture, and takes four at most', async () => {
    expect((await paste()).defaultPrevented).toBe(false)
    await paste(photo('价目表.pdf', 'application/pdf'))
    expect(complain).toHaveBeenLastCalledWith(expect.stringContaining('只能发图片'))
    await paste(...[1, 2, 3, 4, 5].map((number) => photo(`${number}.png`)))
    expect(complain).toHaveBeenLastCalledWith(expect.stringContaining('最多发 4 张'))
    expect(document.querySelectorAll('[data-testid="picture-tile"]')).toHaveLength(4)
  })

  it('keeps the chosen pictures while the agent looks at another conversation', async () => {
    await paste(photo())
    expect(desk.trays.of('c1').items.value).toHaveLength(1)
    expect(desk.trays.of('c2').items.value).toEqual([])
  })

  it('says who answers and offers nothing to write when a colleague has it', async () => {
    isMine.value = false
    await nextTick()
    expect(area()).toBeNull()
    expect(document.querySelector('[data-testid="reply-closed"]')?.textContent).toContain('小林正在接待')
  })
})
