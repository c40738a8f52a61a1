"""An agent sends pictures from her own disk, in Chromium, in front of a scripted bot: pasted, dragged, chosen."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.kept import wait_until_kept
from tests.browser.test_agent_tools import chat, desk  # noqa: F401 - fixtures
from tests.web.conftest import Chat, Web, rasa, web  # noqa: F401 - fixtures
from tests.web.test_desk_pictures import photo

pytestmark = [pytest.mark.browser]
A_FILE = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 })
    canvas.getContext('2d').fillRect(0, 0, 40, 30)
    const blob = await new Promise((made) => canvas.toBlob(made, 'image/png'))
    const carried = new DataTransfer()
    carried.items.add(new File([blob], 'a.png', { type: 'image/png' }))
    return carried
}"""
PASTE = "(box, clipboardData) => box.dispatchEvent(new ClipboardEvent('paste', { clipboardData }))"
DRAG = "(room, dataTransfer) => room.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))"
DROP = "(room, dataTransfer) => room.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))"


def test_pictures_pasted_dragged_and_chosen_reach_the_customer_before_the_words(
    desk: Page,  # noqa: F811
    web: Web,  # noqa: F811
    chat: Chat,  # noqa: F811
) -> None:
    # Long before the dialog opens: one asked for in the same breath can be opened by Chromium itself.
    desk.on("filechooser", lambda _: None)
    before = chat.all()["messages"][-1]["seq"]
    carried = desk.evaluate_handle(A_FILE)
    box, tiles = desk.get_by_test_id("reply-input"), desk.get_by_test_id("picture-tile")
    box.evaluate(PASTE, carried)
    expect(tiles.locator("canvas")).to_have_count(1)
    room = desk.get_by_test_id("room")
    room.evaluate(DRAG, carried)
    expect(desk.get_by_test_id("drop")).to_be_visible()
    room.evaluate(DROP, carried)
    expect(desk.get_by_test_id("drop")).to_have_count(0)
    expect(tiles.locator("canvas")).to_have_count(2)
    desk.keyboard.press("Escape")
    with desk.expect_file_chooser() as chooser:
        desk.keyboard.press("v")
    chooser.value.set_files({"name": "尺码.png", "mimeType": "image/png", "buffer": photo(2400, 300)})
    expect(tiles.locator("canvas")).to_have_count(3)
    box.fill("围巾换新的，三张图您看一下")
    box.press("Enter")
    box.press("Enter")  # past the look before it goes; nothing when it has gone
    sent = desk.locator("[data-testid=message][data-sender=agent][data-seq]")
    expect(sent).to_have_count(4)
    expect(tiles).to_have_count(0)
    got = chat.all(before)["messages"]
    assert [bool(each["image"]) for each in got] == [True, True, True, False]
    with web.client() as client:
        shown = client.get(got[2]["image"])
    assert Image.open(io.BytesIO(shown.content)).size == (1600, 200)


def test_pictures_and_words_that_were_not_sent_outlive_a_reload(desk: Page, chat: Chat) -> None:  # noqa: F811
    before = chat.all()["messages"][-1]["seq"]
    tiles = desk.get_by_test_id("picture-tile").locator("canvas")
    files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": photo()} for n in range(2)]
    desk.get_by_test_id("picture-file").set_input_files(files)
    expect(tiles).to_have_count(2)
    desk.get_by_test_id("reply-input").fill("您看这两张")
    desk.get_by_test_id("remove-picture").first.click()
    expect(tiles).to_have_count(1)
    wait_until_kept(desk, 1)
    desk.reload()
    expect(tiles).to_have_count(1)
    expect(desk.get_by_test_id("reply-input")).to_have_value("您看这两张")
    desk.get_by_test_id("reply-input").press("Enter")
    desk.get_by_test_id("reply-input").press("Enter")  # past the look before it goes, if it came
    expect(desk.get_by_test_id("message").filter(has_text="您看这两张")).to_be_visible()
    expect(tiles).to_have_count(0)
    wait_until_kept(desk, 0)
    desk.reload()
    expect(desk.get_by_test_id("reply-input")).to_have_value("")
    expect(tiles).to_have_count(0)
    assert [bool(each["image"]) for each in chat.all(before)["messages"]] == [True, False]


def test_a_picture_waits_out_a_lost_line_and_is_sent_again(desk: Page, chat: Chat) -> None:  # noqa: F811
    desk.get_by_test_id("picture-file").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
    )
    expect(desk.get_by_test_id("picture-tile").locator("canvas")).to_be_visible()
    desk.context.set_offline(True)
    desk.get_by_test_id("reply-input").press("Enter")
    again = desk.get_by_test_id("send-again")
    expect(again).to_be_visible()
    wait_until_kept(desk, 1)
    desk.context.set_offline(False)
    desk.reload()
    expect(desk.locator("[data-testid=message] img.picture[src^='blob:']")).to_be_visible()
    again.click()
    expect(again).to_have_count(0)
    expect(desk.locator("[data-testid=message][data-sender=agent] img.picture")).to_have_attribute(
        "src", chat.all()["messages"][-1]["image"]
    )
