import { ApiError } from '@/common/api'
import { DESK } from '@/desk/desk'
import { createDaily, dueToday, isClosing, isLate, wordFor } from '@/desk/daily'
import type { DeskGateway } from '@/desk/gateway'
import type { FollowUp, OpenPledge } from '@/desk/model'
import DailyDrawer from '@/desk/parts/DailyDrawer.vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, nextTick, ref, type App } from 'vue'

const NOW = new Date(2026, 10, 22, 22, 20).getTime()
const customer = { id: 'c-zhou', name: '周女士', level: 'gold', is_verified: true }
const at = (hour: number, days = 0): string => new Date(2026, 10, 22 + days, hour).toISOString()

function promise(id: string, due: string | null): OpenPledge {
  return { id, text: `补发纽扣 ${id}`, due, owner: 'bot', is_done: false, created_at: at(9), conversation_id: 'room-1', customer }
}

function followUp(id: string, part: Partial<FollowUp> = {}): FollowUp {
  return {
    id,
    conversation_id: 'room-1',
    customer,
    occasion: 'asked',
    occasion_title: '聊天没了下文',
    tag: '咨询尺码 · 羽绒服A',
    state: 'planned',
    state_title: '待发',
    why: '',
    why_title: '',
    text: '之前看的羽绒服A，尺码要是还没定，把身高体重发我。',
    due: at(10, 1),
    settled_at: null,
    seen_at: null,
    ...part,
  }
}

function gatewayWith(promises: OpenPledge[], followUps: FollowUp[]) {
  return {
    promises: vi.fn(async () => ({ closes: '23:00', promises: [...promises] })),
    followUps: vi.fn(async () => [...followUps]),
    settle: vi.fn(async (_room: string, id: string) => void promises.splice(promises.findIndex((each) => each.id === id), 1)),
    movePromise: vi.fn(async () => ({ promise: promises[0] })),
    feedbackWeek: vi.fn(async () => ({ from: '2026-11-16', to: '2026-11-22', departments: [{ id: 'product', title: '产品', feedback: [] }] })),
    callOff: vi.fn(async (id: string) => void followUps.splice(followUps.findIndex((each) => each.id === id), 1)),
  }
}

type Stub = ReturnType<typeof gatewayWith>
const dailyOf = (gateway: Stub, onError = vi.fn()) => createDaily(gateway as unknown as DeskGateway, { onError })

describe('the day’s list', () => {
  it('tells what is planned from what is over', async () => {
    const daily = dailyOf(gatewayWith([], [followUp('a'), followUp('b', { state: 'seen' }), followUp('c', { state: 'cancelled' })]))
    await daily.load()
    expect(daily.planned.value.map((each) => each.id)).toEqual(['a'])
    expect(daily.past.value.map((each) => each.id)).toEqual(['b', 'c'])
  })

  it('keeps a promise in its own conversation and reads the list again', async () => {
    const gateway = gatewayWith([promise('p', at(18))], [])
    const daily = dailyOf(gateway)
    await daily.load()
    expect(await daily.keep(daily.promises.value[0])).toBe(true)
    expect(gateway.settle).toHaveBeenCalledWith('room-1', 'p', true)
    expect(daily.promises.value).toEqual([])
  })

  it('says so when a step is refused, and shows the list as it is', async () => {
    const gateway = gatewayWith([], [followUp('a')])
    gateway.callOff.mockRejectedValueOnce(new ApiError(409, '会话现在的状态不能这样操作，请刷新后再试'))
    const onError = vi.fn()
    const daily = dailyOf(gateway, onError)
    await daily.load()
    expect(await daily.callOff(daily.planned.value[0])).toBe(false)
    expect(onError).toHaveBeenCalledOnce()
    expect(gateway.followUps).toHaveBeenCalledTimes(2)
  })

  it('counts as due today what is late or ends before midnight', () => {
    const promises = [promise('late', at(9, -1)), promise('tonight', at(23)), promise('tomorrow', at(9, 1)), promise('open', null)]
    expect(dueToday(promises, NOW).map((each) => each.id)).toEqual(['late', 'tonight'])
    expect(promises.map((each) => isLate(each, NOW))).toEqual([true, false, false, false])
  })

  it('asks to be gone through in the last hour of the shop’s day', () => {
    expect(isClosing('23:00', NOW)).toBe(true)
    expect(isClosing('23:30', NOW)).toBe(false)
    expect(isClosing('22:00', NOW)).toBe(false)
    expect(isClosing('', NOW)).toBe(false)
  })

  it('proposes a word that names the new time', () => {
    expect(wordFor(new Date(2026, 10, 23, 18), NOW)).toContain('明天 18:00 前')
  })
})

describe('the panel', () => {
  let app: App | null = null
  afterEach(() => {
    app?.unmount()
    document.body.replaceChildren()
  })

  const slotted = (tag: string) => defineComponent({ setup: (_props, { slots }) => () => h(tag, slots.default?.()) })
  /** The kit's parts, as plain as the browser's own. */
  const select = defineComponent({
    props: { modelValue: { type: String, default: '' } },
    emits: ['update:modelValue', 'change'],
    setup(props, { slots, emit }) {
      const pick = (event: Event): void => {
        emit('update:modelValue', (event.target as HTMLSelectElement).value)
        void nextTick(() => emit('change'))
      }
      return () => h('select', { value: props.modelValue, onChange: pick }, [h('option', { value: '' }), slots.default?.()])
    },
  })
  const option = defineComponent({ props: ['value', 'label'], setup: (props) => () => h('option', { value: props.value }, props.label) })
  const input = defineComponent({
    props: { modelValue: { type: String, default: '' } },
    emits: ['update:modelValue', 'input'],
    setup: (props, { emit }) => () =>
      h('textarea', {
        value: props.modelValue,
        onInput: (event: Event) => {
          event.stopPropagation()
          emit('update:modelValue', (event.target as HTMLTextAreaElement).value)
          emit('input')
        },
      }),
  })
  const button = defineComponent({
    props: ['disabled', 'nativeType'],
    setup: (props, { slots }) => () => h('button', { disabled: props.disabled, type: props.nativeType ?? 'button' }, slots.default?.()),
  })

  async function show(gateway: Stub) {
    const daily = dailyOf(gateway)
    const desk = { daily, now: ref(NOW), me: { username: 'xiaolin', name: '小林' } }
    const isOpen = ref(true)
    const chosen: string[] = []
    const host = document.body.appendChild(document.createElement('div'))
    const root = defineComponent({
      setup: () => () => h(DailyDrawer, { modelValue: isOpen.value, 'onUpdate:modelValue': (value: boolean) => (isOpen.value = value), onChoose: (id: string) => chosen.push(id) }),
    })
    app = createApp(root)
    for (const [name, part] of Object.entries({ ElDrawer: slotted('aside'), ElSelect: select, ElOption: option, ElInput: input, ElButton: button, ElIcon: slotted('i') })) app.component(name, part)
    app.provide(DESK, desk as never)
    app.mount(host)
    await daily.load()
    await nextTick()
    const find = (id: string): HTMLElement => host.querySelector<HTMLElement>(`[data-testid="${id}"]`)!
    return { host, find, chosen, isOpen }
  }

  const settled = async (): Promise<void> => {
    for (let round = 0; round < 8; round++) await nextTick()
  }

  it('lists promises and follow-ups and warns before the day closes', async () => {
    const { host, find } = await show(gatewayWith([promise('p', at(18))], [followUp('a'), followUp('b', { state: 'cancelled', why: 'replied', why_title: '客户已回复', settled_at: at(12) })]))
    expect(find('closing').textContent).toContain('1 条承诺')
    expect(find('open-promise').textContent).toContain('已超时')
    expect(find('follow-up').textContent).toContain('咨询尺码 · 羽绒服A')
    expect(host.textContent).toContain('取消：客户已回复')
  })

  it('calls a follow-up off', async () => {
    const gateway = gatewayWith([], [followUp('a')])
    const { find } = await show(gateway)
    find('call-off').click()
    await settled()
    expect(gateway.callOff).toHaveBeenCalledWith('a')
    expect(find('follow-ups').textContent).toContain('现在没有要发的')
  })

  it('moves a promise only with a time and a word to the customer', async () => {
    const gateway = gatewayWith([promise('p', at(18))], [])
    const { find } = await show(gateway)
    find('promise-move').click()
    await settled()
    const confirm = find('move-confirm') as HTMLButtonElement
    expect(confirm.disabled).toBe(true)
    const due = find('move-due') as HTMLSelectElement
    due.value = '明天 18:00 前'
    due.dispatchEvent(new Event('change'))
    await settled()
    const word = find('move-word') as HTMLTextAreaElement
    expect(word.value).toContain('明天 18:00 前')
    word.value = '  '
    word.dispatchEvent(new Event('input'))
    await settled()
    expect(confirm.disabled).toBe(true)
    word.value = '纽扣明天寄出，抱歉晚了。'
    word.dispatchEvent(new Event('input'))
    await settled()
    find('open-promise').querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await settled()
    expect(gateway.movePromise).toHaveBeenCalledWith('p', new Date(2026, 10, 23, 18).toISOString(), '纽扣明天寄出，抱歉晚了。')
  })

  it('opens the conversation a line belongs to', async () => {
    const { find, chosen, isOpen } = await show(gatewayWith([promise('p', at(18))], []))
    find('open-promise').querySelector<HTMLButtonElement>('.who')!.click()
    await nextTick()
    expect(chosen).toEqual(['room-1'])
    expect(isOpen.value).toBe(false)
  })
})
