/** Somebody waits: a chime, and the number in the page's title. */

const KEY = 'xiaoer-desk-muted'

/** Two soft notes, a fifth apart; no sound file to load. */
export class Chime {
  private context: AudioContext | null = null

  /** Browsers allow sound only after the person has done something on the page. */
  arm(): void {
    const wake = (): void => {
      this.context ??= typeof AudioContext === 'undefined' ? null : new AudioContext()
      void this.context?.resume()
    }
    window.addEventListener('pointerdown', wake, { once: true })
    window.addEventListener('keydown', wake, { once: true })
  }

  ring(): void {
    const context = this.context
    if (!context || context.state !== 'running') return
    note(context, 659.25, 0)
    note(context, 987.77, 0.13)
  }
}

function note(context: AudioContext, frequency: number, delay: number): void {
  const start = context.currentTime + delay
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.type = 'sine'
  tone.frequency.value = frequency
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.16, start + 0.015)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.55)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + 0.6)
}

export function isMuted(): boolean {
  try {
    return localStorage.getItem(KEY) === 'yes'
  } catch {
    return false
  }
}

export function setMuted(muted: boolean): void {
  try {
    localStorage.setItem(KEY, muted ? 'yes' : 'no')
  } catch {
    // storage is blocked: the choice lasts as long as the page
  }
}

/** `(2) 等您接入 · 客服工作台`: queued customers first, then own ones who wait for an answer. */
export function titleFor(queued: number, mineWaiting: number): string {
  if (queued > 0) return `(${queued}) 有客户待接入 · 客服工作台`
  if (mineWaiting > 0) return `(${mineWaiting}) 等您回复 · 客服工作台`
  return '客服工作台 · 小二'
}
