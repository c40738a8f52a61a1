/** Tells somebody who is looking elsewhere that an answer has come: the page's title and a soft sound. */

const NOTES = [659, 880]
const NOTE_SECONDS = 0.14
/** Another tab may have shown the message meanwhile: then nothing rings. */
const RING_AFTER = 400

export class Attention {
  private plain: string | null = null
  private shown = ''
  private sound: AudioContext | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  /** The number of unread messages before the page's own title; 0 gives the title back. */
  show(count: number): void {
    // The page may have changed its title meanwhile: that one is kept.
    if (document.title !== this.shown) this.plain = null
    if (count === 0) {
      if (this.plain !== null) document.title = this.plain
      this.plain = null
      this.shown = ''
      return
    }
    this.plain ??= document.title
    this.shown = document.title = `（${count} 条新消息）${this.plain}`
  }

  get isShown(): boolean {
    return this.shown !== ''
  }

  /** Browsers allow sound only after a touch or a click; call it from one. */
  arm(): void {
    if (typeof AudioContext === 'function') this.sound ??= new AudioContext()
  }

  /** Two soft notes, unless `isStillWanted` says a moment later that they are not needed. */
  ring(isStillWanted: () => boolean): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => isStillWanted() && this.play(), RING_AFTER)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.show(0)
  }

  private play(): void {
    const { sound } = this
    if (!sound) return
    void sound.resume()
    NOTES.forEach((pitch, index) => {
      const [start, tone, volume] = [sound.currentTime + index * NOTE_SECONDS, sound.createOscillator(), sound.createGain()]
      tone.frequency.value = pitch
      volume.gain.setValueAtTime(0.0001, start)
      volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS * 2)
      tone.connect(volume).connect(sound.destination)
      tone.start(start)
      tone.stop(start + NOTE_SECONDS * 2)
    })
  }
}
