/** Pictures chosen but not sent: made small, shown, taken out again, kept over a reload. One tray for each conversation. */

import { computed, ref } from 'vue'
import { keep, kept } from '@/common/kept'
import { admitted, MOST_PICTURES, prepare } from '@/common/picture'

export interface Chosen {
  key: number
  /** Null while it is being made small. */
  image: Blob | null
}

/** `place` is where the pictures are kept (`kept`). */
export function createTray(place: string, complain: (sentence: string) => void) {
  const items = ref<Chosen[]>([])
  const isBusy = computed(() => items.value.some(({ image }) => !image))
  const ready = (): Blob[] => items.value.map(({ image }) => image).filter((image): image is Blob => image !== null)
  const save = (): void => void keep(place, items.value.length ? ready() : undefined)
  let keys = 0

  /** What was chosen before this page came stands first. */
  void kept<Blob[]>(place).then((images = []) => {
    if (images.length) items.value = [...images.map((image) => ({ key: ++keys, image })), ...items.value]
  })

  /** Files that are no pictures are left alone, with a word about it. */
  async function add(files: Iterable<File>): Promise<void> {
    const { pictures, complaint } = admitted(files, MOST_PICTURES - items.value.length)
    if (complaint) complain(complaint)
    await Promise.all(pictures.map(put))
  }

  async function put(file: File): Promise<void> {
    const key = ++keys
    items.value = [...items.value, { key, image: null }]
    try {
      const image = await prepare(file)
      items.value = items.value.map((each) => (each.key === key ? { key, image } : each))
      save()
    } catch (error) {
      remove(key)
      complain((error as Error).message)
    }
  }

  function remove(key: number): void {
    items.value = items.value.filter((each) => each.key !== key)
    save()
  }

  /** All that are ready; the tray is empty afterwards. */
  function take(): Blob[] {
    const images = ready()
    items.value = []
    save()
    return images
  }

  return { items, isBusy, add, remove, take }
}

export type Tray = ReturnType<typeof createTray>

export class Trays {
  private readonly trays = new Map<string, Tray>()

  constructor(private readonly complain: (sentence: string) => void) {}

  of(conversation: string): Tray {
    const known = this.trays.get(conversation) ?? createTray(`desk-tray ${conversation}`, this.complain)
    this.trays.set(conversation, known)
    return known
  }
}
