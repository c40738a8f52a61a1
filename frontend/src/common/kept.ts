/**
 * Values that outlive the page, pictures too, which localStorage cannot hold. Without a library: idb-keyval would save
 * a dozen of these lines. Where the browser keeps nothing (private window, full disk) they last as long as the page.
 */

const LONGEST = 7 * 86_400_000
/** `at`: when it was put here, in milliseconds; what nobody comes back for is thrown away. */
type Entry = { value: unknown; at: number }
let opening: Promise<IDBDatabase> | undefined

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }))

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('xiaoer', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('kept')
  const database = await done(request)
  const store = database.transaction('kept', 'readwrite').objectStore('kept')
  const [keys, entries] = await Promise.all([done(store.getAllKeys()), done<Entry[]>(store.getAll())])
  keys.forEach((key, index) => Date.now() - entries[index].at > LONGEST && store.delete(key))
  return database
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  try {
    const database = await (opening ??= open())
    return await done(work(database.transaction('kept', mode).objectStore('kept')))
  } catch {
    return undefined
  }
}

export const kept = async <T>(key: string): Promise<T | undefined> => (await run<Entry | undefined>('readonly', (store) => store.get(key)))?.value as T | undefined

/** What is read after this, in this tab or another, is the new value; an undefined one is forgotten. */
export const keep = async (key: string, value: unknown): Promise<void> =>
  void (await run('readwrite', (store) => (value === undefined ? store.delete(key) : store.put({ value, at: Date.now() }, key))))
