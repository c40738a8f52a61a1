/** A unified diff as things to draw: files, their hunks, their lines with line numbers. */

export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  text: string
  oldNumber: number | null
  newNumber: number | null
}

export interface DiffFile {
  path: string
  added: number
  removed: number
  hunks: DiffLine[][]
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/

export function parseDiff(text: string): DiffFile[] {
  const files: DiffFile[] = []
  let oldNumber = 0
  let newNumber = 0
  const lines = text.replace(/\n$/, '').split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    const file = files.at(-1)
    const hunk = file?.hunks.at(-1)
    const start = HUNK.exec(line)
    // Only before a "+++" line is "---" the head of a file; elsewhere it is a removed line that began with "--".
    if (line.startsWith('--- ') && lines[index + 1]?.startsWith('+++ ')) {
      files.push({ path: lines[++index].slice(4).trim().replace(/^b\//, ''), added: 0, removed: 0, hunks: [] })
    } else if (start && file) {
      oldNumber = Number(start[1])
      newNumber = Number(start[2])
      file.hunks.push([])
    } else if (file && hunk && line.startsWith('+')) {
      file.added++
      hunk.push({ kind: 'added', text: line.slice(1), oldNumber: null, newNumber: newNumber++ })
    } else if (file && hunk && line.startsWith('-')) {
      file.removed++
      hunk.push({ kind: 'removed', text: line.slice(1), oldNumber: oldNumber++, newNumber: null })
    } else if (hunk && line.startsWith(' ')) {
      hunk.push({ kind: 'same', text: line.slice(1), oldNumber: oldNumber++, newNumber: newNumber++ })
    }
  }
  return files
}
