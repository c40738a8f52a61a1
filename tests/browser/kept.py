"""What a page keeps in its browser's database, seen from outside."""

from __future__ import annotations

from playwright.sync_api import Page

COUNT = """async () => {
    const database = await new Promise((opened, refused) => {
        const request = indexedDB.open('xiaoer', 1)
        request.onupgradeneeded = () => request.transaction.abort()  // the page makes it, not we
        request.onsuccess = () => opened(request.result)
        request.onerror = () => opened(null)
    })
    if (!database) return 0
    const all = await new Promise((read) => {
        const request = database.transaction('kept').objectStore('kept').getAll()
        request.onsuccess = () => read(request.result)
    })
    database.close()
    return all.flatMap(({ value }) => value).length
}"""


def wait_until_kept(page: Page, count: int) -> None:
    """A picture is on the screen a moment before it is on the disk; a reload in between would lose it."""
    page.wait_for_function(f"async (count) => await ({COUNT})() === count", arg=count)
