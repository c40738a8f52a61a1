import type { Detail, Note } from '@/desk/model'
import { whisperFor } from '@/desk/whisper'
import { describe, expect, it } from 'vitest'

const note = (author: string, minute: number): Note => ({ id: `${author}${minute}`, author, text: '先道歉', created_at: `2026-11-22T10:0${minute}:00+00:00` })
const said = (author: string, minute: number) => ({ sender: 'agent', author, created_at: `2026-11-22T10:0${minute}:00+00:00` }) as Detail['transcript'][number]

describe("a colleague's word above the reply", () => {
  it('is her newest note since my last word to the customer', () => {
    const notes = [note('周店长', 1), note('小林', 4), note('周店长', 3)]
    expect(whisperFor({ notes, transcript: [said('小林', 2)] }, '小林')?.id).toBe('周店长3')
  })

  it('goes when I have answered, and stays when only somebody else has', () => {
    expect(whisperFor({ notes: [note('周店长', 1)], transcript: [said('小林', 2)] }, '小林')).toBeNull()
    expect(whisperFor({ notes: [note('周店长', 1)], transcript: [said('阿青', 2)] }, '小林')?.author).toBe('周店长')
  })

  it('is not what I have written myself', () => {
    expect(whisperFor({ notes: [note('小林', 1)], transcript: [] }, '小林')).toBeNull()
  })
})
