/** Scripts as the trainer works on them: what the linter says in words, what a customer would read, what to list. */

import type { Entry, EntryBrief, Finding, Script, ScriptChange } from './model'

const WORDS: Record<string, (finding: Finding) => string> = {
  empty: () => '还没有写内容',
  too_long: ({ quote }) => `有 ${quote} 个字，客户在手机上要看好几行；最好不超过 90 字`,
  many_facts: () => '说了三件以上的事：先回答问题，最多再补一件有用的',
  unknown_placeholder: ({ quote }) => `没有 ${quote} 这个变量，发出去会原样露出来`,
  promise: ({ quote }) => `「${quote}」是承诺，做不到就成了纠纷；换成能做到的说法`,
  too_dear: () => '「亲」叫了不止一次，听着像套话',
  half_width: ({ quote }) => `中文里用了半角标点 ${quote}，换成全角`,
  fixed_date: ({ quote }) => `「${quote}」过期以后就成了错话：给这条话术设起止日期，或改用变量`,
  few_variants: ({ quote }) => `只有 ${quote} 种问法，至少要 8 种，机器人才认得出来`,
  taken_phrasing: ({ quote, place }) => `「${quote}」已经是${place ? ` ${place} ` : '这条里'}的问法，两处只能留一处`,
  no_script: () => '至少要有一种说法',
  only_dated: () => '每种说法都有期限，过期后就没有话可答；请留一种长期有效的',
  double_id: ({ quote }) => `有两种说法都叫 ${quote}，改一个名字`,
  dates_swapped: () => '结束日期早于开始日期',
  many_buttons: ({ quote }) => `有 ${quote} 个按钮，手机上一行放不下；最好不超过 3 个`,
  button_title: () => '按钮要有文字，最多 20 个字',
  no_picture: ({ quote }) => `店铺的 images 里没有 ${quote}，客户看不到这张图`,
  button_payload: ({ quote }) => `按钮动作「${quote}」不认识：写成 /request_human 或 /inform{"size":"M"} 这样`,
}

/** What the shop's own values are called. */
export const PLACEHOLDERS: Record<string, string> = {
  shop: '店名',
  bot_name: '机器人',
  cutoff: '当天发截止',
  free_shipping_from: '包邮满',
  courier: '快递',
  return_days: '退货天数',
  agent_hours: '人工时间',
  coupon_new: '新人券',
}

export const wordsOf = (finding: Finding): string => WORDS[finding.kind]?.(finding) ?? finding.kind

/** The entry's ways to ask, with those that are not among them yet. */
export function withVariants({ question, variants }: Entry, added: readonly string[]): string[] {
  const known = new Set([question, ...variants])
  return [...variants, ...added.filter((text) => !known.has(text))]
}

/** Findings of `scripts.0`, or of all `variants`. */
export const findingsOf = (findings: readonly Finding[], field: string): Finding[] =>
  findings.filter((finding) => finding.field === field || finding.field.startsWith(`${field}.`))

/** What a customer reads; an unknown placeholder stays as it is, as the linter says. */
export const filled = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** The wording of today: a running campaign's before a standing one. The same rule as Entry.script_on. */
export function wordingOn(scripts: readonly Script[], today: string): Script | null {
  const usable = scripts.filter(({ valid_from, valid_to }) => (valid_from ?? today) <= today && today <= (valid_to ?? today))
  return usable.find(({ valid_from, valid_to }) => valid_from || valid_to) ?? usable[0] ?? null
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** An empty date field is no date. */
export const tidied = (entry: Entry, variants: string): Entry => ({
  ...entry,
  variants: linesOf(variants),
  scripts: entry.scripts.map((script) => ({ ...script, valid_from: script.valid_from || null, valid_to: script.valid_to || null })),
})

export const isSame = (one: Entry, other: Entry): boolean => JSON.stringify(facts(one)) === JSON.stringify(facts(other))

const facts = ({ question, variants, scripts }: Entry) => [
  question.trim(),
  variants,
  scripts.map(({ id, text, buttons, valid_from, valid_to, image }) => [id, text.trim(), buttons.map(({ title, payload }) => [title, payload]), valid_from, valid_to, image ?? null]),
]

/** A free name for a further wording: b, c, … */
export function nextId(scripts: readonly Script[]): string {
  const taken = new Set(scripts.map(({ id }) => id))
  for (let code = 'a'.charCodeAt(0); code <= 'z'.charCodeAt(0); code++) {
    const id = String.fromCharCode(code)
    if (!taken.has(id)) return id
  }
  return `s${scripts.length + 1}`
}

const topicOf = ({ id }: EntryBrief): string => id.split('.')[0]

/** Where most scripts of an intent stand; empty for an intent without scripts. */
export function topicFor(entries: readonly EntryBrief[], intent: string): string {
  const counts = new Map<string, number>()
  for (const entry of entries) if (entry.intent === intent) counts.set(topicOf(entry), (counts.get(topicOf(entry)) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}

/** The shop's topics, each called after the intents it mostly answers. */
export function topicsOf(entries: readonly EntryBrief[], titleOf: (intent: string) => string): { id: string; title: string }[] {
  const intents = new Map<string, Map<string, number>>()
  for (const entry of entries) {
    const counts = intents.get(topicOf(entry)) ?? new Map<string, number>()
    intents.set(topicOf(entry), counts.set(entry.intent, (counts.get(entry.intent) ?? 0) + 1))
  }
  const named = [...intents].map(([id, counts]) => ({ id, title: [...counts].sort(([, one], [, other]) => other - one).slice(0, 2).map(([name]) => titleOf(name)).join('、') }))
  return named.sort((one, other) => one.title.localeCompare(other.title, 'zh'))
}

export type ListFilter = 'all' | 'open' | 'never'
export const FILTERS: readonly { id: ListFilter; title: string }[] = [
  { id: 'all', title: '全部' },
  { id: 'open', title: '改了未发布' },
  { id: 'never', title: '30 天没用上' },
]

/** Those that match, most used first; found by question, answer, id or the intent's Chinese name. */
export function listed(entries: readonly EntryBrief[], filter: ListFilter, search: string, titleOf: (intent: string) => string): EntryBrief[] {
  const wanted = search.trim().toLowerCase()
  return entries
    .filter((entry) => (filter === 'open' ? entry.open : filter === 'never' ? !entry.hits : true))
    .filter((entry) => !wanted || [entry.question, entry.text, entry.id, titleOf(entry.intent)].some((text) => text.toLowerCase().includes(wanted)))
    .sort((one, other) => other.hits - one.hits)
}

export const CHANGE_STATES: Record<ScriptChange['state'], string> = {
  draft: '草稿',
  approved: '已审过，待发布',
  published: '已发布',
  rolled_back: '已回滚',
  dropped: '已放弃',
}
