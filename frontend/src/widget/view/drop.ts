/** Pictures dragged onto the open chat. */

import { h, icon } from '../dom'

/** Shows where to let go, and hands on what was let go of. Whatever else is dragged over the chat stays the page's. */
export function acceptDrops(panel: HTMLElement, take: (files: Iterable<File>) => void): void {
  const veil = h('div', { class: 'drop', attrs: { hidden: true, 'aria-hidden': 'true', 'data-testid': 'drop' } }, icon('image'), '松开，把图片放进来')
  panel.append(veil)
  let depth = 0
  const show = (isOver: boolean): void => {
    if (!isOver) depth = 0
    veil.hidden = !isOver
  }
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  panel.addEventListener('dragenter', (event) => {
    if (!carriesFiles(event)) return
    depth++
    show(true)
  })
  // Entering a child leaves its parent: only the last leave counts.
  panel.addEventListener('dragleave', () => --depth <= 0 && show(false))
  panel.addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault())
  panel.addEventListener('drop', (event) => {
    show(false)
    if (!carriesFiles(event)) return
    event.preventDefault()
    take(event.dataTransfer?.files ?? [])
  })
}
