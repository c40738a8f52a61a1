/** A small thing that opens below its button, shuts when something else is pressed, and gives the focus back. */

import { nextTick, onMounted, onUnmounted, ref, type Ref } from 'vue'

export function usePopover(root: Ref<HTMLElement | undefined>) {
  const isOpen = ref(false)

  async function shut(): Promise<void> {
    isOpen.value = false
    await nextTick()
    root.value?.querySelector<HTMLElement>('[aria-haspopup]')?.focus()
  }

  const away = (event: Event): void => {
    if (!root.value?.contains(event.target as Node)) isOpen.value = false
  }
  onMounted(() => document.addEventListener('pointerdown', away))
  onUnmounted(() => document.removeEventListener('pointerdown', away))
  return { isOpen, shut }
}
