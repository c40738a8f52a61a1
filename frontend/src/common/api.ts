/** HTTP to the gateway. Errors carry a Chinese sentence a person can act on. */

export interface Problem {
  type?: string
  title?: string
  detail?: string
  status?: number
  [extra: string]: unknown
}

/** `status` is 0 when the gateway could not be reached at all. `message` may be shown as it is. */
export class ApiError extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(status: number, message: string, problem: Problem = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.problem = problem
  }

  /** The same request may succeed later without being changed. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON, or as it is when it is FormData. */
  body?: unknown
  query?: Record<string, string | number | boolean | null | undefined>
  token?: string
  signal?: AbortSignal
  /** Give up after so many milliseconds. */
  timeout?: number
}

const FALLBACK: Record<number, string> = {
  401: '登录已过期，请重新登录',
  403: '您没有这项权限',
  404: '没有找到，可能已被移走',
  409: '内容已被别人改动，请刷新后再试',
  413: '文件太大了，请换小一点的',
  422: '填写的内容有误，请检查后再试',
  429: '操作太快了，请稍等几秒再试',
  503: '服务暂时不可用，请稍后再试',
}

const UNREACHABLE = '网络不通，请检查网络后重试'
/** The line is there, the answer is not: checking the network would be wrong advice. */
const TOO_SLOW = '等了很久没有回应，服务可能正忙，请稍后再试'

/** `request('/api/…')`; `base` is the gateway's origin when it is not the page's own. */
export async function request<T>(path: string, options: RequestOptions = {}, base = ''): Promise<T> {
  const response = await send(base + withQuery(path, options.query), options)
  const body = await readBody(response)
  if (!response.ok) throw problemError(response.status, body)
  return body as T
}

async function send(url: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (options.token) headers.set('authorization', `Bearer ${options.token}`)
  const isForm = options.body instanceof FormData
  if (options.body !== undefined && !isForm) headers.set('content-type', 'application/json')
  const abort = new AbortController()
  let isTooLate = false
  const timer = setTimeout(() => {
    isTooLate = true
    abort.abort()
  }, options.timeout ?? 15_000)
  options.signal?.addEventListener('abort', () => abort.abort(), { once: true })
  try {
    return await fetch(url, {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers,
      body: isForm ? (options.body as FormData) : options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: abort.signal,
      // The widget on another shop's page must not send that page's cookies.
      credentials: 'same-origin',
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError(0, isTooLate ? TOO_SLOW : UNREACHABLE)
  } finally {
    clearTimeout(timer)
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  if (!(response.headers.get('content-type') ?? '').includes('json')) return undefined
  try {
    return await response.json()
  } catch {
    if (response.ok) throw new ApiError(0, UNREACHABLE)
    return undefined
  }
}

export function problemError(status: number, body: unknown): ApiError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem
  const fallback = FALLBACK[status] ?? (status >= 500 ? '服务出了点问题，请稍后再试' : '没有成功，请再试一次')
  return new ApiError(status, problem.title || fallback, problem)
}

/** The sentence to show for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : '页面出了点问题，请刷新后再试'
}

function withQuery(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text ? `${path}?${text}` : path
}
