import type { OpenPledge, Row } from '@/desk/model'
import { shiftSheet } from '@/desk/shift'
import { expect, it } from 'vitest'

const NOW = new Date(2026, 10, 22, 21, 30).getTime()
const customer = (name: string) => ({ id: name, name, level: '', is_verified: true })
const row = (name: string, part: Partial<Row> = {}): Row =>
  ({ id: name, customer: customer(name), tags: [], waitingFrom: null, last_message: { sender: 'customer', text: '几时补发' }, ...part }) as unknown as Row
const pledge = (name: string, owner: string, due: string | null): OpenPledge =>
  ({ id: name, conversation_id: `chat of ${name}`, customer: customer(name), text: '补发拉链头', owner, due }) as unknown as OpenPledge

it('tells the next shift who is open, who waits, and what was promised by whom', () => {
  const sheet = shiftSheet({
    name: '小林', username: 'xiaolin', now: NOW, queued: 2,
    mine: [row('周女士', { waitingFrom: NOW - 240_000, tags: ['补发'] }), row('李先生')],
    promises: [
      pledge('周女士', 'xiaolin', new Date(2026, 10, 23, 18, 0).toISOString()),
      pledge('别人的客户', 'aqing', null),
      { ...pledge('李先生', 'bot', null), conversation_id: '李先生' },
    ],
  })
  expect(sheet).toContain('待接入 2 位')
  expect(sheet).toContain('· 周女士（等了 4 分钟） [补发] 几时补发')
  expect(sheet).toContain('没兑现的承诺 2：')
  expect(sheet).toContain('· 周女士：补发拉链头（明天 18:00 前）')
  expect(sheet).toContain('· 李先生：补发拉链头（没定时间）')
  expect(sheet).not.toContain('别人的客户')
})
