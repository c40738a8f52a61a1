/** Pictures dragged onto a place. Whatever else is dragged over it stays the browser's. */

import { ref } from 'vue'

export function createDropping(take: (files: FileList) => void) {
  const isOver = ref(false)
  let depth = 0
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  const on = {
    dragenter(event: DragEvent): void {
      if (!carriesFiles(event)) return
      depth++
      isOver.value = true
    },
    // Entering a child leaves its parent: only the last leave counts.
    dragleave(): void {
      if (--depth <= 0) reset()
    },
    // Without this the browser would open the file in place of the desk.
    dragover(event: DragEvent): void {
      if (carriesFiles(event)) event.preventDefault()
    },
    drop(event: DragEvent): void {
      reset()
      if (!carriesFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) take(event.dataTransfer.files)
    },
  }

  function reset(): void {
    depth = 0
    isOver.value = false
  }

  return { isOver, on }
}
