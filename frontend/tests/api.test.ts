import { ApiError, messageOf, request } from '@/common/api'
import { afterEach, describe, expect, it, vi } from 'vitest'

const answer = (status: number, body: unknown, type = 'application/problem+json') =>
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } })))

afterEach(() => vi.unstubAllGlobals())

const caught = (): Promise<ApiError> => request('/api/x').then(() => Promise.reject(new Error('no error')), (error: ApiError) => error)

describe('errors are sentences a person can act on', () => {
  it('says what the gateway says, and keeps its other fields', async () => {
    answer(409, { type: 'taken', title: '这个会话已由客服小林接待', owner: 'human' })
    const error = await caught()
    expect(error.message).toBe('这个会话已由客服小林接待')
    expect(error.problem.owner).toBe('human')
    expect(error.isTemporary).toBe(false)
  })

  it('has a sentence of its own where a proxy answered with a page', async () => {
    answer(502, '<html>', 'text/html')
    const error = await caught()
    expect(error.message).toBe('服务出了点问题，请稍后再试')
    expect(error.isTemporary).toBe(true)
  })

  it('tells a dead line from a refusal', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
    const error = await caught()
    expect(error.status).toBe(0)
    expect(messageOf(error)).toBe('网络不通，请检查网络后重试')
  })

  it('does not send her to look at her network when only the answer is late', async () => {
    vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => new Promise((_, lost) => signal?.addEventListener('abort', () => lost(signal.reason))))
    const error = await request('/api/x', { timeout: 1 }).catch((late: ApiError) => late)
    expect(messageOf(error)).toContain('服务可能正忙')
    expect((error as ApiError).isTemporary).toBe(true)
  })

  it('takes a cut-off answer for a dead line, so that it is tried again', async () => {
    answer(200, '{"owner": "b', 'application/json')
    expect((await caught()).status).toBe(0)
  })
})

it('leaves out what is not asked for', async () => {
  answer(200, {}, 'application/json')
  await request('/api/x', { query: { after: 0, order: undefined, tag: null } })
  expect(vi.mocked(fetch).mock.calls[0][0]).toBe('/api/x?after=0')
})
