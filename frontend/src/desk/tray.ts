/** Pictures chosen but not sent: made small, shown, taken out again. One tray for each conversation, while the page lives. */

import { computed, ref } from 'vue'
import { admitted, MOST_PICTURES, prepare } from '@/common/picture'

export interface Chosen {
  key: number
  /** Null while it is being made small. */
  image: Blob | null
}

export function createTray(complain: (sentence: string) => void) {
  const items = ref<Chosen[]>([])
  const isBusy = computed(() => items.value.some(({ image }) => !image))
  let keys = 0

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
    } catch (error) {
      remove(key)
      complain((error as Error).message)
    }
  }

  function remove(key: number): void {
    items.value = items.value.filter((each) => each.key !== key)
  }

  /** All that are ready; the tray is empty afterwards. */
  function take(): Blob[] {
    const images = items.value.map(({ image }) => image).filter((image): image is Blob => image !== null)
    items.value = []
    return images
  }

  return { items, isBusy, add, remove, take }
}

export type Tray = ReturnType<typeof createTray>

export class Trays {
  private readonly trays = new Map<string, Tray>()

  constructor(private readonly complain: (sentence: string) => void) {}

  of(conversation: string): Tray {
    const known = this.trays.get(conversation) ?? createTray(this.complain)
    this.trays.set(conversation, known)
    return known
  }
}
