/** A promise in what the agent has just sent ("今天给您发"), with the time by which it is due. Pure. */

export interface Caught {
  text: string
  due: Date
}

const DOES = /(?:给|帮|替|为)您?.{0,6}(?:发|寄|补|退|换|回复|答复|回电|联系|催|查|核实|改|登记|申请|反馈|处理|安排|办)|(?:回复|联系|告诉|通知)您|我(?:去|来|会|再)?.{0,4}(?:催|核实|跟进|联系|申请|反馈)|(?:补发|发出|寄出|退款|退给您|打款)/
const NOT_MINE = /[?？吗]|(?:您|你)(?:今天|明天)?(?:付款|下单|拍|寄回|寄来|发来|申请)|(?:发|寄|退|换|办|查)不了|不能|无法|没法|已经|刚才|昨天/
const DAYS: Record<string, number> = { 今天: 0, 今日: 0, 今晚: 0, 当天: 0, 明天: 1, 明早: 1, 明日: 1, 后天: 2 }
const DIGITS: Record<string, number> = { 半: 0.5, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10, 十一: 11, 十二: 12 }
const NUMBER = '(\\d+|半|十[一二]?|[一二两三四五六七八九])'
const WITHIN = new RegExp(`${NUMBER}个?(半)?(分钟|小时|钟头|天|个工作日|工作日)(?:之?内|左右|以内|后)?`)
const CLOCK = new RegExp(`(早上|上午|中午|下午|晚上|今晚|明早)?${NUMBER}[点:：时](\\d{2}|半)?`)
const WORK_ENDS = 18

/** The first clause that promises something with a time; null where there is none. `closes`: the desk's "22:00". */
export function caught(reply: string, now: Date, closes = '22:00'): Caught | null {
  for (const clause of reply.split(/[，,。！!；;\n]/).map((each) => each.trim())) {
    if (!clause || NOT_MINE.test(clause) || !DOES.test(clause)) continue
    // Our own phrases set figures off with spaces: 今晚 8 点前.
    const due = dueOf(clause.replace(/\s+/g, ''), now, closes)
    if (due && due > now) return { text: clause.slice(0, 200), due }
  }
  return null
}

function dueOf(clause: string, now: Date, closes: string): Date | null {
  const within = WITHIN.exec(clause)
  if (within) return after(now, numberOf(within[1]) + (within[2] ? 0.5 : 0), within[3])
  const named = Object.keys(DAYS).find((word) => clause.includes(word))
  const clock = CLOCK.exec(clause)
  if (!named && !clock) return null
  const due = new Date(now)
  due.setDate(due.getDate() + (named ? DAYS[named] : 0))
  if (clock) setClock(due, clock)
  else if (named && DAYS[named] > 0) due.setHours(WORK_ENDS, 0, 0, 0)
  else {
    const [hour, minute] = closes.split(':').map(Number)
    due.setHours(hour, minute || 0, 0, 0)
  }
  return due
}

function after(now: Date, amount: number, unit: string): Date {
  if (unit === '分钟') return new Date(now.getTime() + amount * 60_000)
  if (unit === '小时' || unit === '钟头') return new Date(now.getTime() + amount * 3_600_000)
  const due = new Date(now)
  due.setDate(due.getDate() + Math.ceil(amount))
  due.setHours(WORK_ENDS, 0, 0, 0)
  return due
}

function setClock(due: Date, [, part, hours, minutes]: RegExpExecArray): void {
  const hour = numberOf(hours)
  const isLate = part ? /下午|晚/.test(part) : hour < 8
  due.setHours(isLate && hour < 12 ? hour + 12 : hour, minutes === '半' ? 30 : Number(minutes ?? 0), 0, 0)
}

const numberOf = (word: string): number => DIGITS[word] ?? Number(word)
