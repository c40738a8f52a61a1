/** What all tabs share: names of intents, the inbox, how many decisions are staged. */

import { inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { noticeExpiry, type Me } from '@/common/account'
import { messageOf } from '@/common/api'
import { toast } from '@/common/toast'
import { Favourites } from './favourites'
import { gateway } from './gateway'
import { createInbox } from './inbox'
import type { Intent, ScriptDraft } from './model'

export const TABS = [
  { id: 'inbox', title: '收件箱' },
  { id: 'scripts', title: '话术' },
  { id: 'insights', title: '洞察' },
  { id: 'probe', title: '试问' },
  { id: 'changes', title: '修改' },
  { id: 'runs', title: '训练' },
] as const
export type TabId = (typeof TABS)[number]['id']

export function createWorkbench(me: Me) {
  const intents = ref<Intent[]>([])
  const intentsError = ref('')
  const favourites = ref(new Favourites([], null))
  /** Kinds of entities to mark; none where they could not be read. */
  const entityKinds = shallowRef<string[]>([])
  const stagedCount = ref<number | null>(null)
  const titles = ref<Record<string, string>>({})
  /** A new script to write at the scripts' tab. */
  const drafted = shallowRef<ScriptDraft | null>(null)
  /** The scripts' tab narrowed down to those that nobody needed. */
  const isNeverWanted = ref(false)
  /** A script to open at the scripts' tab, with further ways to ask it. */
  const wanted = shallowRef<{ id: string; variants: string[] } | null>(null)

  /** `isTold` when the place itself says what is wrong. */
  const onError = (error: unknown, isTold = false): void => {
    if (!noticeExpiry(error) && !isTold) toast(messageOf(error), 'bad')
  }
  const inbox = createInbox(gateway, onError)

  async function readIntents(): Promise<void> {
    intentsError.value = ''
    try {
      intents.value = await gateway.intents()
      titles.value = Object.fromEntries(intents.value.map(({ name, title }) => [name, title]))
      favourites.value = new Favourites(intents.value.map(({ name }) => name), storage())
    } catch (error) {
      intentsError.value = messageOf(error)
      noticeExpiry(error)
    }
  }

  async function readEntities(): Promise<void> {
    try {
      entityKinds.value = await gateway.entities()
    } catch (error) {
      onError(error)
    }
  }

  async function countStaged(): Promise<void> {
    try {
      stagedCount.value = (await gateway.changes()).changes.length
    } catch (error) {
      noticeExpiry(error) // the tab itself tells what is wrong
    }
  }

  /** At the scripts' tab, from wherever it is named. */
  function openScript(id: string, variants: string[] = []): void {
    wanted.value = { id, variants }
    window.location.hash = 'scripts'
  }

  const countMore = (more: number): void => {
    if (stagedCount.value !== null) stagedCount.value = Math.max(0, stagedCount.value + more)
  }

  const titleOf = (name: string | null | undefined): string => titles.value[name ?? ''] ?? name ?? ''
  const personOf = (username: string): string => (username === me.username ? me.name : username)

  return { me, intents, intentsError, favourites, entityKinds, stagedCount, drafted, wanted, isNeverWanted, inbox, onError, readIntents, readEntities, countStaged, countMore, openScript, titleOf, personOf }
}

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export type WorkbenchState = ReturnType<typeof createWorkbench>
const WORKBENCH: InjectionKey<WorkbenchState> = Symbol('workbench')

export function provideWorkbench(me: Me): WorkbenchState {
  const workbench = createWorkbench(me)
  provide(WORKBENCH, workbench)
  return workbench
}

export function useWorkbench(): WorkbenchState {
  const workbench = inject(WORKBENCH)
  if (!workbench) throw new Error('useWorkbench outside of the workbench')
  return workbench
}
