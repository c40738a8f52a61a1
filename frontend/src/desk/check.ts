/**
 * A gentle look at a reply before it goes out. It never blocks: the agent reads the note and sends anyway, or mends it.
 * Pure; where in doubt it says nothing, because a check that cries wolf is soon not read.
 */

import { blanksIn } from './blanks'

export interface Concern {
  kind: 'blank' | 'open' | 'promise' | 'scarcity' | 'dear'
  text: string
}

export interface Facts {
  /** What the customer wrote since she was last answered. */
  asked: readonly string[]
  /** What this agent said before in this chat. */
  said: readonly string[]
  /** Pieces left of what is talked about; null where it is not known. */
  stock: number | null
  /** At or below this many pieces the shop speaks of few. */
  lowStock: number
  /** The day on which something paid now leaves, in words; empty where it is not known. */
  shipsOn: string
  cutoff: string
}

/** What stands against sending `reply`, the gravest first. */
export function concernsOf(reply: string, facts: Facts): Concern[] {
  return [...blanks(reply), ...promises(reply, facts), ...scarcity(reply, facts), ...openQuestions(reply, facts), ...dears(reply, facts)]
}

function blanks(reply: string): Concern[] {
  const left = blanksIn(reply)
  return left.length ? [{ kind: 'blank', text: `还有空没填：${left.join('')}，按 Tab 跳过去。` }] : []
}

// --- promises --------------------------------------------------------------------------------

const SURE = '(?:一定|肯定|保证|绝对|百分百|百分之百|包)'
const ARRIVAL = new RegExp(`${SURE}[^，。！？]{0,8}(?:能到|会到|到货|到手|送到|送达|收到|到您|到$|到[，。！？])|(?:今天|明天|后天|当天|次日)[^，。！？]{0,3}${SURE}[^，。！？]{0,4}到`)
const TODAY = /(?:今天|今晚|马上|立刻|现在)(?:就|能|可以|给您|帮您|给你|会|一定|肯定|保证|安排){0,4}(?:发货|发出|寄出|发走|发(?![票现生])|寄)/
const QUALITY = new RegExp(`${SURE}[^，。！？]{0,3}(?:不会?(?:起球|掉色|缩水|变形|开胶|坏|起皱)|满意|合身|合适)`)
const PRICE = /(?:全网|史上|历史)最低|(?:以后|之后|后面)[^，。！？]{0,4}不会?再?(?:降|便宜)|最低价了/
const DENIED = /(?:不|没|未|无法|不能|不敢|没法)(?:能|敢|一定|肯定|保证|是)|发不|寄不|到不|赶不上/

function promises(reply: string, facts: Facts): Concern[] {
  const found: Concern[] = []
  const say = (text: string): void => void found.push({ kind: 'promise', text })
  for (const sentence of reply.split(/[。！？!?\n；;]/)) {
    if (DENIED.test(sentence)) continue
    if (ARRIVAL.test(sentence)) say('哪天送到由快递定，店里保证不了。说“预计……到”更稳。')
    else if (TODAY.test(sentence) && facts.shipsOn && facts.shipsOn !== '今天') {
      say(`今天发不出了${facts.cutoff ? `（${facts.cutoff} 截单）` : ''}，最早${facts.shipsOn}发。`)
    }
    if (QUALITY.test(sentence)) say('这句保证万一落空就失信。说实际的材质、测试或退换办法更有底气。')
    if (PRICE.test(sentence)) say('价格以后怎么变说不准。可以说“现在是……元，买贵了有价保”。')
  }
  return found.slice(0, 2)
}

// --- scarcity --------------------------------------------------------------------------------

const NUMBERS: Record<string, number> = { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5 }
const FEW = /(?:最后|只剩|就剩|仅剩|只有|还剩)(?:下|了)?\s*(\d+|[一两二三四五几])\s*(?:件|双|条|套|个|顶|只|盒)|快(?:没货|断货|卖完|抢光|没了)|马上(?:没货|断货|卖完|没了)|手慢无|库存不多|所剩不多/

function scarcity(reply: string, facts: Facts): Concern[] {
  const match = FEW.exec(reply)
  if (!match) return []
  const { stock, lowStock } = facts
  if (stock === null) return [{ kind: 'scarcity', text: `“${match[0]}”没有库存可对，看一眼右边的库存再说。` }]
  const told = match[1] ? (NUMBERS[match[1]] ?? Number(match[1])) : NaN
  if (stock > lowStock) return [{ kind: 'scarcity', text: `现在还有 ${stock} 件，不算少，别说“${match[0]}”。` }]
  if (told !== stock && !Number.isNaN(told)) return [{ kind: 'scarcity', text: `库存是 ${stock} 件，不是 ${told} 件。` }]
  return []
}

// --- open questions --------------------------------------------------------------------------

const QUESTION = /[?？]|吗|呢|么$|什么|怎么|多少|几|哪|谁|啥|多久|多大|能不能|可不可以|有没有|是不是|会不会|要不要|行不行|好不好|可以不/
const HOLDING = /稍等|等一下|等我|查一下|查下|核实|核对|确认一下|帮您看|帮您查|问一下|马上回复/
const TOPICS: [asks: RegExp, answers: RegExp][] = [
  [/码|穿多大|尺寸|偏大|偏小|合身/, /码|合身|偏大|偏小|尺寸|标准|\b[SMLX]{1,4}\b/i],
  [/运费|邮费|包邮/, /运费|邮费|包邮|免邮/],
  [/(什么|哪家|哪个|啥)快递|发什么/, /快递|顺丰|中通|圆通|申通|韵达|邮政|京东|极兔/],
  [/发货|发出|(什么时候|几点|几天|多久|今天|明天|能).{0,4}[发寄]/, /[发寄]/],
  [/(什么时候|几天|几号|多久|哪天|今天|明天|能).{0,6}到|收到/, /到|送达|天/],
  [/有货|现货|缺货|补货|还有.{0,6}[吗没]/, /货|件|库存|没有|补|卖完/],
  [/发票/, /发票|开票/],
  [/怎么洗|机洗|手洗|水洗|能洗/, /洗/],
  [/材质|面料|什么料|起球|掉色|缩水|褪色|含绒/, /料|棉|绒|毛|聚酯|涤|起球|掉色|缩水|褪色|成分/],
  [/便宜|优惠|打折|活动|多少钱|有券/, /优惠|价|元|折|券|活动|便宜|满/],
  [/退货|退款|能退|可以退|退换|换货|能换/, /退|换/],
]
const LONGEST_QUOTE = 16

function openQuestions(reply: string, facts: Facts): Concern[] {
  if (HOLDING.test(reply)) return []
  const open = facts.asked
    .flatMap((text) => text.split(/[，,。！!；;\n]|(?<=[?？])/))
    .map((clause) => clause.trim())
    .filter((clause) => QUESTION.test(clause))
    .filter((clause) => {
      const topic = TOPICS.find(([asks]) => asks.test(clause))
      return topic !== undefined && !topic[1].test(reply)
    })
  const quote = (clause: string): string => (clause.length > LONGEST_QUOTE ? `${clause.slice(0, LONGEST_QUOTE)}…` : clause)
  return open.length ? [{ kind: 'open', text: `客户还问了“${quote(open[0])}”，这条没有答到。` }] : []
}

// --- 亲 --------------------------------------------------------------------------------------

const DEAR = /(?<![父母双单相至])亲(?![自戚人切身口情密手友子近属笔眼])/g
const MOST_DEARS = 3

function dears(reply: string, facts: Facts): Concern[] {
  const count = (text: string): number => text.match(DEAR)?.length ?? 0
  const here = count(reply)
  const all = here + facts.said.reduce((sum, text) => sum + count(text), 0)
  return here && all > MOST_DEARS ? [{ kind: 'dear', text: `这是第 ${all} 个“亲”了，换成“您”更自然。` }] : []
}
