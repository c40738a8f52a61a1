/** What a key means on the desk. Pure, so that the cheat sheet and the tests read the same table. */

export type Command = 
  | ('next' | 'previous' | 'urgent' | 'enter' | 'leave' | 'search' | 'filter')
  | ('reply' | 'phrases' | 'picture' | 'send-1' | 'send-2' | 'send-3' | 'reject-1' | 'reject-2' | 'reject-3')
  | ('board' | 'order' | 'coupon' | 'note' | 'tag' | 'promise' | 'feedback' | 'transfer' | 'return' | 'end' | 'reading')
  | ('daily' | 'approvals' | 'team' | 'duty' | 'mute' | 'help')

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  isComposing: boolean
}

/** Where the focus is: in a field that takes text, on a control that Enter presses, in a dialog, or nowhere special. */
export type Place = 'text' | 'control' | 'dialog' | 'page'

const PLAIN: Record<string, Command> = {
  j: 'next',
  arrowdown: 'next',
  k: 'previous',
  arrowup: 'previous',
  enter: 'enter',
  '?': 'help',
  '？': 'help',
  r: 'reply',
  '/': 'phrases',
  '、': 'phrases',
  v: 'picture',
  p: 'board',
  f: 'search',
  g: 'filter',
  t: 'transfer',
  b: 'return',
  i: 'reading',
  m: 'mute',
  o: 'duty',
  a: 'approvals',
  e: 'order',
  c: 'coupon',
  n: 'note',
  l: 'tag',
  y: 'promise',
  q: 'feedback',
  x: 'end',
  u: 'urgent',
  d: 'daily',
  w: 'team',
}

export function commandFor(press: KeyPress, place: Place): Command | null {
  if (press.isComposing || place === 'dialog') return null
  const key = press.key.toLowerCase()
  if ((press.ctrlKey || press.metaKey) && !press.altKey && /^[123]$/.test(key)) return `send-${key}` as Command
  if (press.altKey && !press.ctrlKey && !press.metaKey && /^[123]$/.test(key)) return `reject-${key}` as Command
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (key === 'escape') return 'leave'
  if (place === 'text') return null
  if (place === 'control' && key === 'enter') return null
  return PLAIN[key] ?? null
}

export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page'
  if (target.closest('[role="dialog"], .el-overlay')) return 'dialog'
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return 'text'
  // The open conversation's own line: Enter means the conversation, not the line.
  const row = target.closest('[data-conversation-id]')
  if (row) return row.hasAttribute('aria-current') ? 'page' : 'control'
  return target.closest('button, a, summary, [role="button"]') ? 'control' : 'page'
}

export const CHEAT_SHEET: { title: string; keys: [keys: string[], what: string][] }[] = [
  {
    title: '列表',
    keys: [
      [['J', '↓'], '下一个会话'],
      [['K', '↑'], '上一个会话'],
      [['U'], '等得最急的那位'],
      [['Enter'], '接入；已是我的，就去写回复'],
      [['F'], '搜索聊天内容、客户、标签、订单'],
      [['G'], '按原因、标签、急件筛选'],
      [['Esc'], '离开输入框，回到列表'],
    ],
  },
  {
    title: '回复',
    keys: [
      [['R'], '去写回复'],
      [['/'], '常用话术，按拼音首字母找'],
      [['V'], '发图片；在输入框里可以直接粘贴，也可以拖进来'],
      [['Enter'], '发送'],
      [['Shift', 'Enter'], '换行'],
      [['Tab'], '填入建议话术，再按换下一条；有空要填时跳到下一个空'],
      [['Ctrl', '1–3'], '直接发送第几条建议'],
      [['Alt', '1–3'], '这条建议不合适，选个原因'],
    ],
  },
  {
    title: '这位客户',
    keys: [
      [['P'], '售后方案台，超出权限的可请主管批'],
      [['E'], '改订单：地址、规格、价格'],
      [['C'], '给客户送券'],
      [['N'], '写备注，客户看不到'],
      [['L'], '加标签'],
      [['Y'], '记一条承诺'],
      [['Q'], '反馈给部门'],
      [['I'], '显示或收起识别结果'],
      [['T'], '转交给同事'],
      [['B'], '交还机器人'],
      [['X'], '结束会话'],
    ],
  },
  {
    title: '工作台',
    keys: [
      [['D'], '收工清单、交班单'],
      [['O'], '我的状态：在线、小休、离开'],
      [['M'], '提示音开关'],
      [['A'], '主管：等我批的，Y 批准，N 不批'],
      [['W'], '主管：同事和各自最多接几位'],
      [['?'], '打开这张表'],
    ],
  },
]
