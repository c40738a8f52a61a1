import { chatAsText, fileName } from '@/widget/keepsake'
import type { Message } from '@/common/messages'
import { describe, expect, it } from 'vitest'

const NOW = new Date(2026, 10, 22, 17, 5)
const message = (sender: Message['sender'], more: Partial<Message>): Message => ({ seq: 1, id: 'm', sender, text: '', created_at: NOW.toISOString(), ...more })
const text = (...messages: Message[]): string => chatAsText('云朵小铺', messages, 'https://kefu.example', NOW)

describe('the chat as a text file', () => {
  it('names the shop, the moment and who said what', () => {
    const kept = text(message('customer', { text: '拉链坏了' }), message('agent', { author: '小林', text: '我看看' }))
    expect(kept.split('\r\n')).toEqual(['云朵小铺 聊天记录', '保存时间：2026-11-22 17:05', '', '[2026-11-22 17:05] 我：拉链坏了', '[2026-11-22 17:05] 客服 小林：我看看', ''])
  })

  it('keeps who had the conversation when', () => expect(text(message('system', { text: '客服小林已接入' }))).toContain('—— 客服小林已接入 ——'))

  it('keeps amounts and deadlines of what was offered: she may need them', () => {
    const options = [{ title: '退一部分，衣服留着', amount: '60.00', detail: '不用寄回', deadline: '24 小时内到账' }, { title: '换一件新的', amount: '0' }]
    const kept = text(message('bot', { text: '两个办法', card: { type: 'remedies', options } }))
    expect(kept).toContain('[1] 退一部分，衣服留着 ¥60 不用寄回 24 小时内到账')
    expect(kept).toContain('[2] 换一件新的\r\n')
  })

  it('says where a picture is', () => expect(text(message('customer', { image: '/api/attachments/a' }))).toContain('[图片] https://kefu.example/api/attachments/a'))

  it('says what it can of a card it does not know', () => expect(text(message('bot', { text: '看这里', card: { type: 'hologram' } }))).toContain('看这里'))

  it('has a name that every system takes', () => expect(fileName('云朵/小铺: 童装', NOW)).toBe('聊天记录-云朵小铺童装-2026-11-22.txt'))
})
