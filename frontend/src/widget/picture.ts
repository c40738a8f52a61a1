/** Pictures a customer sends: made small, turned upright and freed of hidden data before they leave the page. */

import { h } from './dom'

const LONGEST_SIDE = 1600
/** The first that gives a small enough file is used. */
const QUALITIES = [0.86, 0.72, 0.55]
const SMALL_ENOUGH = 1.2 * 1024 * 1024
export const LARGEST_FILE = 20 * 1024 * 1024

export function isPicture(file: File): boolean {
  // Photos of some phones come without a type; opening them tells.
  return file.type.startsWith('image/') || (file.type === '' && /\.(jpe?g|png|webp|gif|heic)$/i.test(file.name))
}

/** A JPEG of at most 1600 px a side. Throws with a sentence for the customer when it is no picture. */
export async function prepare(file: File): Promise<Blob> {
  if (file.size > LARGEST_FILE) throw new Error('图片超过 20 MB 了，请换一张小一点的')
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch {
    throw new Error('这张图片打不开，请换成 JPG 或 PNG 格式')
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = h('canvas', { attrs: { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) } })
  const brush = canvas.getContext('2d') as CanvasRenderingContext2D
  // JPEG has no transparency: without this, clear parts turn black.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  let made: Blob | null = null
  for (const quality of QUALITIES) {
    made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (made && made.size <= SMALL_ENOUGH) break
  }
  if (!made) throw new Error('这张图片处理不了，请换一张')
  return made
}

/** A picture on a canvas: works under any content policy, where a blob: address may not. */
export function drawPicture(image: Blob, name: string): HTMLElement {
  const canvas = h('canvas', { class: name, attrs: { role: 'img', 'aria-label': '图片' } })
  void createImageBitmap(image).then((bitmap) => {
    const scale = Math.min(1, 440 / Math.max(bitmap.width, bitmap.height))
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
  })
  return canvas
}
