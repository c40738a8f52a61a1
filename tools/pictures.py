"""What is on each picture of docs/screenshots. To add one, write a function with the decorator `picture`."""

from __future__ import annotations

from playwright.sync_api import expect

from tools.visit import LAPTOP, PHONE, SCREEN, Visit, picture

# Customers


@picture(PHONE)
def chat_size(visit: Visit) -> None:
    visit.chat("/product/down-light-short")
    visit.say("我165 110斤 这件羽绒服穿什么码")


@picture(PHONE.dark)
def chat_remedies(visit: Visit) -> None:
    visit.chat("/orders", "周女士")
    _complain(visit, "上次买的羽绒服拉链坏了")


@picture(PHONE)
def chat_queue(visit: Visit) -> None:
    with visit.client("xiaolin") as agent:
        agent.post("/api/desk/duty", json={"presence": "online"})
        visit.chat("/product/down-light-short")
        visit.say("这件能机洗吗")
        visit.page.get_by_test_id("human").click()
        expect(visit.page.get_by_test_id("queue-position")).to_be_visible()


@picture(PHONE.dark)
def chat_picker(visit: Visit) -> None:
    visit.chat("/product/down-light-short", "周女士")
    visit.page.get_by_test_id("orders").click()
    expect(visit.page.get_by_test_id("pick-order").first).to_be_visible()


@picture(PHONE)
def chat_large_offline(visit: Visit) -> None:
    visit.chat("/product/down-light-short")
    visit.page.get_by_test_id("menu").click()
    visit.page.get_by_test_id("large-text").click()
    visit.page.keyboard.press("Escape")
    visit.say("多久能到上海")
    visit.page.context.set_offline(True)
    visit.page.get_by_test_id("input").fill("那我周五要穿来得及吗")
    visit.page.get_by_test_id("input").press("Enter")
    expect(visit.page.get_by_test_id("offline")).to_be_visible()


@picture(LAPTOP)
def storefront(visit: Visit) -> None:
    visit.chat("/product/down-light-short")
    visit.say("我165 110斤 穿什么码")
    visit.say("能便宜点吗")


def _complain(visit: Visit, text: str) -> None:
    """Says what is wrong and answers the bot's questions with its own buttons until it offers remedies."""
    visit.say(text)
    choices = visit.page.get_by_test_id("choice").or_(visit.page.get_by_test_id("chat-button"))
    remedies = visit.page.get_by_test_id("remedy")
    for _ in range(6):
        expect(choices.or_(remedies).first).to_be_visible()
        if remedies.count():
            break
        before, wanted = visit.bots.count(), choices.filter(has_text="羽绒服")
        (wanted if wanted.count() else choices).first.click()
        expect(visit.bots.nth(before)).to_be_visible()
    expect(visit.page.get_by_test_id("remedy").nth(1)).to_be_visible()


# Managers


@picture(LAPTOP)
def managers(visit: Visit) -> None:
    visit.log_in("/managers", "zhou")
    expect(visit.page.get_by_test_id("figure-visits")).to_be_visible()


@picture(PHONE.dark)
def managers_phone(visit: Visit) -> None:
    managers(visit)


# Agents


@picture(LAPTOP)
def desk(visit: Visit) -> None:
    _waiting(visit)
    visit.log_in("/desk", "xiaolin")
    _serve(visit, "周女士")
    visit.page.get_by_test_id("reply-input").fill("您好，我是小林。明天一定到，您放心。")
    visit.page.get_by_test_id("reply-input").press("Enter")  # the look before it goes
    expect(visit.page.get_by_test_id("check")).to_be_visible()


@picture(SCREEN.dark)
def desk_wide(visit: Visit) -> None:
    _waiting(visit)
    visit.log_in("/desk", "zhou")
    _serve(visit, "林晓棠")


@picture(PHONE)
def desk_phone(visit: Visit) -> None:
    _waiting(visit)
    visit.log_in("/desk", "zhou")
    expect(visit.page.get_by_test_id("conversation").first).to_be_visible()


@picture(LAPTOP)
def desk_board(visit: Visit) -> None:
    _waiting(visit)
    visit.log_in("/desk", "xiaolin")
    _serve(visit, "林晓棠")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("p")
    expect(visit.page.get_by_test_id("board-send")).to_be_visible()
    expect(visit.page.get_by_test_id("loss").first).to_be_visible()


@picture(LAPTOP.dark)
def desk_keys(visit: Visit) -> None:
    visit.log_in("/desk", "zhou")
    visit.page.keyboard.press("?")
    expect(visit.page.get_by_test_id("cheat-sheet")).to_be_visible()


def _waiting(visit: Visit) -> None:
    """Three customers, each with a matter of her own, ask for a person."""
    talks = {
        "周女士": ("我165 110斤 轻暖短款羽绒服穿什么码", "明天能到上海吗", "转人工"),
        "林晓棠": ("上次买的围巾起球了，才戴了两次", "转人工"),
        "何先生": ("我的快递三天没动了", "转人工"),
    }
    with visit.client("zhou") as warm:
        for name, lines in talks.items():
            found = visit.write(name, *lines)
            warm.get(f"/api/desk/conversations/{found}", timeout=120)  # the first reading opens the index


def _serve(visit: Visit, name: str) -> None:
    visit.page.get_by_test_id("conversation").filter(has_text=name).first.click()
    take = visit.page.get_by_test_id("take")
    expect(take.or_(visit.page.get_by_test_id("reply-input"))).to_be_visible()
    if take.count():
        take.click()
    expect(visit.page.get_by_test_id("reply-input")).to_be_visible()
    expect(visit.page.get_by_test_id("suggestion-1")).to_be_visible()


# Trainers


@picture(LAPTOP)
def inbox(visit: Visit) -> None:
    _unsure(visit)
    visit.log_in("/workbench", "wen")
    expect(visit.page.get_by_test_id("inbox-message")).to_be_visible()
    expect(visit.page.get_by_test_id("estimate")).to_be_visible()


@picture(LAPTOP.dark)
def inbox_table(visit: Visit) -> None:
    _unsure(visit)
    visit.log_in("/workbench", "wen")
    expect(visit.page.get_by_test_id("inbox-message")).to_be_visible()
    visit.page.keyboard.press("l")
    for box in visit.page.get_by_test_id("inbox-tick").all()[:2]:
        box.check()


@picture(LAPTOP)
def script(visit: Visit) -> None:
    visit.log_in("/workbench#scripts", "wen")
    visit.page.get_by_test_id("script-search").fill("account.login-problem")
    visit.page.get_by_test_id("script-account.login-problem").click()
    visit.page.get_by_test_id("script-text-0").fill("保证马上登得上，{shop}说到做到。")
    expect(visit.page.get_by_test_id("finding-promise")).to_be_visible()


@picture(SCREEN)
def insights(visit: Visit) -> None:
    visit.log_in("/workbench#insights", "wen")
    expect(visit.page.get_by_text("话术用得怎样")).to_be_visible()
    visit.page.wait_for_load_state("networkidle")


@picture(PHONE)
def inbox_phone(visit: Visit) -> None:
    _unsure(visit)
    visit.log_in("/workbench", "wen")
    expect(visit.page.get_by_test_id("inbox-message")).to_be_visible()


def _unsure(visit: Visit) -> None:
    for text in ("蹲上新 记得喊我呗老铁", "你们车间让不让进去看看呀", "那个大的还有不", "随便瞅瞅行不"):
        visit.write("", text)
