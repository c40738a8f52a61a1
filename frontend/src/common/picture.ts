/** Pictures that customers and agents send: made small, turned upright and freed of hidden data before they leave the page. */

const LONGEST_SIDE = 1600
/** The first that gives a small enough file is used. */
const QUALITIES = [0.86, 0.72, 0.55]
const SMALL_ENOUGH = 1.2 * 1024 * 1024
const LARGEST_FILE = 20 * 1024 * 1024
/** Chosen at once; each becomes a message of its own. */
export const MOST_PICTURES = 4
/** What a file dialog offers. */
export const PICTURE_TYPES = 'image/jpeg,image/png,image/webp,image/gif'

function isPicture(file: File): boolean {
  // Photos of some phones come without a type; opening them tells.
  return file.type.startsWith('image/') || (file.type === '' && /\.(jpe?g|png|webp|gif|heic)$/i.test(file.name))
}

/** Which of the files are taken where `room` more may be, and what to say about those that are not. */
export function admitted(files: Iterable<File>, room: number): { pictures: File[]; complaint: string } {
  const all = [...files]
  const pictures = all.filter(isPicture)
  let complaint = ''
  if (all.length && !pictures.length) complaint = '这里只能发图片，请选 JPG、PNG、WebP 或 GIF'
  if (pictures.length > room) complaint = `一次最多发 ${MOST_PICTURES} 张图片，多出来的请下一次再发`
  return { pictures: pictures.slice(0, room), complaint }
}

/** A JPEG of at most 1600 px a side. Throws with a sentence to show when it is no picture. */
export async function prepare(file: File): Promise<Blob> {
  if (file.size > LARGEST_FILE) throw new Error('图片超过 20 MB 了，请换一张小一点的')
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch {
    throw new Error('这张图片打不开，请换成 JPG 或 PNG 格式')
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
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
  const canvas = document.createElement('canvas')
  canvas.className = name
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', '图片')
  void createImageBitmap(image).then((bitmap) => {
    const scale = Math.min(1, 440 / Math.max(bitmap.width, bitmap.height))
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
  })
  return canvas
}
