/** One script being edited: read, linted while it is written, kept as a draft, taken through review to customers. */

import { computed, onMounted, onUnmounted, ref, shallowRef, toRaw, watch } from 'vue'
import { messageOf } from '@/common/api'
import { toast } from '@/common/toast'
import { gateway } from './gateway'
import type { Entry, Finding, ScriptChange, ScriptPage } from './model'
import { isSame, nextId, tidied, withVariants, wordingOn } from './scripts'
import type { WorkbenchState } from './workbench'

/** So long after the last key the linter is asked. */
const QUIET = 400
const DONE = { approve: '审过了，可以发布', drop: '这次修改已放弃', publish: '已发布，几秒后客户问到就是新的说法', rollback: '已回到之前的说法' }
export type Step = keyof typeof DONE

/** `unsaved`: edits that were left without saving, by entry; `added`: ways to ask it that come from the insights. */
export function useScriptEdit(workbench: WorkbenchState, id: string, unsaved: Map<string, Entry>, added: readonly string[], changed: () => void) {
  const page = shallowRef<ScriptPage | null>(null)
  const error = ref('')
  const entry = ref<Entry | null>(null)
  const variants = ref('')
  const findings = shallowRef<Finding[]>([])
  const isBusy = ref(false)
  /** The wording in the preview; the last one edited. */
  const shown = ref<number | null>(null)
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const edited = computed(() => (entry.value ? tidied(entry.value, variants.value) : null))
  const open = computed(() => page.value?.changes.find(({ state }) => state === 'draft' || state === 'approved') ?? null)
  const isChanged = computed(() => Boolean(edited.value && page.value && !isSame(edited.value, open.value?.after ?? page.value.entry)))
  const stops = computed(() => findings.value.filter(({ level }) => level === 'stop').length)
  const standing = computed(() => {
    if (stops.value) return `有 ${stops.value} 处要先改好`
    if (isChanged.value) return '还没保存'
    return open.value ? '草稿已保存，改动在下面' : '和文件里的一样'
  })
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const preview = computed(() => {
    const scripts = edited.value?.scripts ?? []
    return shown.value !== null && scripts[shown.value] ? scripts[shown.value] : wordingOn(scripts, today)
  })

  async function read(): Promise<void> {
    try {
      show(await gateway.script(id))
    } catch (failure) {
      error.value = messageOf(failure)
      workbench.onError(failure, true)
    }
  }

  /** An open edit is gone on with; the file is what it is compared with. */
  function show(fresh: ScriptPage): void {
    const isFirst = page.value === null
    page.value = fresh
    error.value = ''
    findings.value = fresh.findings
    const start: Entry = structuredClone(unsaved.get(id) ?? open.value?.after ?? fresh.entry)
    for (const script of start.scripts) script.image ??= null // snapshots leave it out
    variants.value = (isFirst ? withVariants(start, added) : start.variants).join('\n')
    entry.value = start
    if (isFirst && added.length) ask()
  }

  function ask(): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      asking?.abort()
      asking = new AbortController()
      const { signal } = asking
      try {
        if (edited.value) findings.value = await gateway.checkScript(edited.value, signal)
      } catch (failure) {
        if (!signal.aborted) workbench.onError(failure)
      }
    }, QUIET)
  }

  async function save(): Promise<void> {
    if (!edited.value || !page.value) return
    isBusy.value = true
    try {
      await gateway.saveScript(edited.value, page.value.seen)
      unsaved.delete(id)
      toast(page.value.needs_review ? '已存成草稿，请另一位同事审核' : '已存成草稿，看过改动就可以发布', 'good')
      await read()
      changed()
    } catch (failure) {
      workbench.onError(failure)
    } finally {
      isBusy.value = false
    }
  }

  async function step(change: ScriptChange, how: Step): Promise<void> {
    isBusy.value = true
    try {
      await gateway.stepScript(change.id, how)
      toast(DONE[how], 'good')
      if (how === 'drop') unsaved.delete(id)
      changed()
    } catch (failure) {
      workbench.onError(failure)
    } finally {
      await read()
      isBusy.value = false
    }
  }

  function add(): void {
    const scripts = entry.value?.scripts
    if (!scripts) return
    shown.value = scripts.push({ id: nextId(scripts), text: '', buttons: [], valid_from: null, valid_to: null, image: null }) - 1
  }

  watch(edited, (_, before) => before && ask())
  onMounted(read)
  onUnmounted(() => {
    clearTimeout(timer)
    asking?.abort()
    // Looking at another script loses nothing.
    if (isChanged.value && edited.value) unsaved.set(id, toRaw(edited.value))
    else unsaved.delete(id)
  })

  return { page, error, entry, variants, findings, isBusy, shown, edited, isChanged, stops, standing, preview, read, save, step, add }
}
