/** Figures as a manager reads them, and the ten at the head of the page. */

import type { Headline, Report, Service } from './model'

const NONE = '—'

export const share = (part: number, whole: number): number | null => (whole ? part / whole : null)

/** 0.914 → 91.4%；1 → 100% */
export function percent(value: number | null): string {
  if (value === null) return NONE
  const hundredths = Math.round(value * 1000) / 10
  return `${Number.isInteger(hundredths) ? hundredths : hundredths.toFixed(1)}%`
}

/** 8.4 秒 · 1 分 20 秒 · 2 小时 5 分 */
export function duration(seconds: number | null): string {
  if (seconds === null) return NONE
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} 秒`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} 秒`
  if (whole < 3600) return whole % 60 ? `${Math.floor(whole / 60)} 分 ${whole % 60} 秒` : `${whole / 60} 分`
  const minutes = Math.round(whole / 60)
  return minutes % 60 ? `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分` : `${minutes / 60} 小时`
}

export interface Figure {
  id: string
  title: string
  value: string
  /** What stands behind the value. */
  detail: string
  /** Against the period before; empty where there is nothing to compare. */
  change: string
  tone: 'good' | 'bad' | 'same'
}

type Tone = Figure['tone']
const toneOf = (change: number, isMoreBetter: boolean | null): Tone =>
  isMoreBetter === null || change === 0 ? 'same' : change > 0 === isMoreBetter ? 'good' : 'bad'

/** +3.2 个百分点 */
function points(now: number | null, before: number | null, isMoreBetter: boolean | null): Pick<Figure, 'change' | 'tone'> {
  if (now === null || before === null) return { change: '', tone: 'same' }
  const change = Math.round((now - before) * 1000) / 10
  return { change: change ? `${change > 0 ? '+' : '−'}${Math.abs(change)} 个百分点` : '持平', tone: toneOf(change, isMoreBetter) }
}

function amount(now: number | null, before: number | null, isMoreBetter: boolean | null, say: (change: number) => string): Pick<Figure, 'change' | 'tone'> {
  if (now === null || before === null) return { change: '', tone: 'same' }
  const change = Math.round((now - before) * 100) / 100
  return { change: change ? `${change > 0 ? '+' : '−'}${say(Math.abs(change))}` : '持平', tone: toneOf(change, isMoreBetter) }
}

const botShare = ({ by_bot, visits }: Service): number | null => share(by_bot, visits)
const misreadShare = ({ understood }: Headline): number | null => share(understood.unclear, understood.read)

export function headline({ now, before, corrected, are_orders_here: areOrdersHere }: Report): Figure[] {
  const { service, waiting, handling, ratings, conversion, kept, understood } = now
  const old = before.service
  const waits = [
    waiting.taken.p90 === null ? '' : `九成在 ${duration(waiting.taken.p90)}内`,
    waiting.left ? `${waiting.left} 位没等到` : '',
    waiting.still ? `${waiting.still} 位还在等` : '',
  ].filter(Boolean)
  const open = kept.due - kept.kept
  const waitedLonger = service.visits - service.within_10
  return [
    {
      id: 'visits',
      title: '接待',
      value: `${service.visits} 人次`,
      detail: service.visits > service.answered ? `${service.visits - service.answered} 人次还没有回复` : service.visits ? '都回复了' : '没有顾客来聊',
      ...amount(service.visits || null, old.visits, null, (change) => `${change} 人次`),
    },
    {
      id: 'first-reply',
      title: '6 秒内首次回复',
      value: percent(share(service.within_6, service.visits)),
      detail: service.seconds === null ? '' : `平均 ${duration(service.seconds)}`,
      ...points(share(service.within_6, service.visits), share(old.within_6, old.visits), true),
    },
    {
      id: 'fair-reply',
      title: '10 秒内首次回复',
      value: percent(share(service.within_10, service.visits)),
      detail: waitedLonger ? `${waitedLonger} 人次等得更久` : service.visits ? '没有人等得更久' : '',
      ...points(share(service.within_10, service.visits), share(old.within_10, old.visits), true),
    },
    {
      id: 'bot-share',
      title: '机器人独立接待',
      value: percent(botShare(service)),
      detail: service.visits ? `转人工 ${service.handed_over} 人次` : '',
      ...points(botShare(service), botShare(old), true),
    },
    {
      id: 'waiting',
      title: '等人工',
      value: duration(waiting.taken.median),
      detail: waits.join('，') || '没有人排过队',
      ...amount(waiting.taken.median, before.waiting.taken.median, false, duration),
    },
    {
      id: 'handling',
      title: '人工处理时长',
      value: duration(handling.median),
      detail: handling.count ? `${handling.count} 个会话，九成在 ${duration(handling.p90)}内` : '没有人工处理完的会话',
      ...amount(handling.median, before.handling.median, false, duration),
    },
    {
      id: 'rating',
      title: '评分',
      value: ratings.mean === null ? NONE : ratings.mean.toFixed(2),
      detail: ratings.count ? `${ratings.count} 位评了，${ratings.scores[0] + ratings.scores[1]} 位不满意` : '还没有人评分',
      ...amount(ratings.mean, before.ratings.mean, true, (change) => change.toFixed(2)),
    },
    {
      id: 'conversion',
      title: '聊后两天内下单',
      value: areOrdersHere ? percent(share(conversion.ordered, conversion.visits)) : NONE,
      detail: !areOrdersHere ? '订单在店铺自己的系统里，这里算不了' : conversion.visits ? `${conversion.orders} 单，¥${Math.round(conversion.yuan).toLocaleString('zh-CN')}；只算登录的顾客` : '没有登录的顾客来聊',
      ...points(areOrdersHere ? share(conversion.ordered, conversion.visits) : null, share(before.conversion.ordered, before.conversion.visits), true),
    },
    {
      id: 'promises',
      title: '承诺兑现',
      value: percent(share(kept.kept, kept.due)),
      detail: kept.due ? `到期 ${kept.due} 件${open ? `，${open} 件没做` : ''}${kept.late ? `，${kept.late} 件做晚了` : ''}` : '没有到期的承诺',
      ...points(share(kept.kept, kept.due), share(before.kept.kept, before.kept.due), true),
    },
    {
      id: 'misread',
      title: '没听懂',
      value: percent(misreadShare(now)),
      detail: understood.unclear || corrected ? `反问了 ${understood.unclear} 句，训练师改判 ${corrected} 句` : '没有反问，也没有改判',
      ...points(misreadShare(now), misreadShare(before), false),
    },
  ]
}

export const METRICS = [
  { id: 'visits', title: '接待量' },
  { id: 'within_6', title: '6 秒首响' },
  { id: 'by_bot', title: '机器人独立' },
  { id: 'handed_over', title: '转人工' },
] as const
export type MetricId = (typeof METRICS)[number]['id']

export interface Bar {
  mark: string
  name: string
  /** Height against the tallest or against 100 %; null where nobody came. */
  value: number | null
  told: string
  /** All that is known of this bar, for the line above the chart. */
  sentence: string
}

/** Shares are of that day's or hour's visits. */
export function bar(one: Service, metric: MetricId, mark: string, name: string): Bar {
  const value = metric === 'visits' || metric === 'handed_over' ? one[metric] : share(one[metric], one.visits)
  const told = metric === 'visits' || metric === 'handed_over' ? String(one[metric]) : percent(value)
  const sentence = one.visits
    ? `接待 ${one.visits} 人次，6 秒首响 ${percent(share(one.within_6, one.visits))}，机器人独立 ${percent(botShare(one))}，转人工 ${one.handed_over}`
    : '没有顾客来聊'
  return { mark, name, value, told, sentence }
}

/** The top of the scale: a round number not below the tallest bar; 1 for shares. */
export function scaleTop(bars: Bar[], metric: MetricId): number {
  if (metric === 'within_6' || metric === 'by_bot') return 1
  const tallest = Math.max(4, ...bars.map(({ value }) => value ?? 0))
  const step = 10 ** Math.floor(Math.log10(tallest))
  return [1, 2, 4, 5, 8, 10].map((times) => times * step).find((top) => top >= tallest) ?? tallest
}
