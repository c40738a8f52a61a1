"""A script from a trainer's edit to customers: lines of the file, review, publishing, rolling back."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.desk.database import migrate, open_database
from bot.faq.scripts import Button, Entry, Script
from bot.files import DataError
from bot.settings import ROOT
from bot.training.script_files import entry_at, find_entry, rewritten
from bot.training.scripts import Person, ScriptRefused, Scripts, State, entry_from, fresh_entry, mark

WEN, LAN = Person("wen", "文老师"), Person("lan", "兰老师")
FREE = "account.login-problem"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "faq"
    folder.mkdir(parents=True)
    for name in ("account", "bargain", "product", "promotion"):
        shutil.copyfile(ROOT / "data" / "faq" / f"{name}.yml", folder / f"{name}.yml")
    return folder


class Served:
    """The entries customers hear."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.breaks = False

        self.withdrawn: list[str] = []

    def serve(self, entry: Entry) -> None:
        if self.breaks:
            raise OSError("disk full")
        self.entries.append(entry)


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.fixture
def scripts(tmp_path: Path, folder: Path, served: Served) -> Scripts:
    engine = open_database(f"sqlite:///{tmp_path / 'desk.db'}")
    migrate(engine)
    return Scripts(engine, folder, served.serve, served.withdrawn.append)


def money_entry(folder: Path) -> str:
    text = (folder / "bargain.yml").read_text(encoding="utf-8")
    return next(line.split("id: ")[1] for line in text.splitlines() if line.startswith("  - id: "))


def reworded(entry: Entry, text: str = "我换了一种说法。") -> Entry:
    return replace(entry, scripts=(replace(entry.scripts[0], text=text), *entry.scripts[1:]))


def touched(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = old.splitlines(), new.splitlines()
    return [x for x in before if x not in after], [x for x in after if x not in before]


@pytest.mark.parametrize("name", ["account", "bargain", "product", "promotion"])
def test_an_entry_written_back_unchanged_leaves_every_byte(folder: Path, name: str) -> None:
    path = folder / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("  - id: "):
            place = find_entry(folder, line.split("id: ")[1])
            assert place and rewritten(place, entry_at(place)) == text


def test_only_the_touched_lines_change(folder: Path) -> None:
    place = find_entry(folder, FREE)
    assert place
    entry = entry_at(place)
    variants = (entry.variants[0], "新的问法", *entry.variants[2:], "再来一种问法")
    old = place.path.read_text(encoding="utf-8")
    new = rewritten(place, replace(reworded(entry), variants=variants))
    gone, come = touched(old, new)
    assert gone == [f"      - {entry.variants[1]}", f"          {entry.scripts[0].text}"]
    assert come == ["      - 新的问法", "      - 再来一种问法", "          我换了一种说法。"]


def test_a_comment_in_the_entry_stays(folder: Path) -> None:
    path = folder / "account.yml"
    text = path.read_text(encoding="utf-8").replace("    variants:\n", "    variants:  # 客户原话\n", 1)
    path.write_text(text.replace("    scripts:\n", "    # 话术\n    scripts:\n", 1), encoding="utf-8")
    place = find_entry(folder, FREE)
    assert place
    new = rewritten(place, reworded(entry_at(place)))
    assert "variants:  # 客户原话\n" in new and "    # 话术\n    scripts:\n" in new


def test_a_second_wording_with_dates_and_buttons_is_written_as_the_files_are(folder: Path) -> None:
    place = find_entry(folder, FREE)
    assert place
    entry = entry_at(place)
    fresh = Script(
        "winter",
        "冬天的说法。",
        (Button("好", "/affirm"),),
        date(2026, 12, 1),
        date(2026, 12, 31),
        "coat.svg",
    )
    new = rewritten(place, replace(entry, scripts=(*entry.scripts, fresh)))
    assert "      - id: winter\n        text: |-\n          冬天的说法。\n" in new
    assert "          - {title: 好, payload: /affirm}\n        valid_from: 2026-12-01\n" in new
    assert "        valid_to: 2026-12-31\n        image: coat.svg\n" in new
    place.path.write_text(new, encoding="utf-8")
    again = find_entry(folder, FREE)
    assert again and entry_at(again).scripts[-1] == fresh


def test_a_draft_shows_its_diff_and_changes_nothing(scripts: Scripts, served: Served) -> None:
    entry = scripts.entry(FREE)
    path = scripts.place(FREE).path
    before = path.read_text(encoding="utf-8")
    change = scripts.draft(reworded(entry), mark(entry), "wen")
    assert "+          我换了一种说法。" in change.diff and "data/faq/account.yml" in change.diff
    assert path.read_text(encoding="utf-8") == before and served.entries == []


def test_a_published_script_stands_in_the_file_and_answers(scripts: Scripts, served: Served) -> None:
    entry = scripts.entry(FREE)
    change = scripts.draft(reworded(entry), mark(entry), "wen")
    assert scripts.publish(change.id, WEN).state == State.PUBLISHED
    assert scripts.entry(FREE) == reworded(entry) == served.entries[-1]
    assert scripts.roll_back(change.id, WEN).state == State.ROLLED_BACK
    assert scripts.entry(FREE) == entry == served.entries[-1]


def test_what_cannot_be_served_is_not_left_in_the_file(scripts: Scripts, served: Served) -> None:
    entry = scripts.entry(FREE)
    change = scripts.draft(reworded(entry), mark(entry), "wen")
    served.breaks = True
    with pytest.raises(OSError, match="disk full"):
        scripts.publish(change.id, WEN)
    assert scripts.entry(FREE) == entry
    assert [each.state for each in scripts.list(FREE)] == [State.DRAFT]


def test_words_about_money_need_a_second_trainer(scripts: Scripts, folder: Path, served: Served) -> None:
    entry = scripts.entry(money_entry(folder))
    change = scripts.draft(reworded(entry), mark(entry), "wen")
    with pytest.raises(ScriptRefused, match="script-needs-review"):
        scripts.publish(change.id, WEN)
    with pytest.raises(ScriptRefused, match="script-own-review"):
        scripts.approve(change.id, "wen")
    assert scripts.approve(change.id, "lan").reviewer == "lan"
    assert scripts.publish(change.id, WEN).state == State.PUBLISHED and served.entries


def test_an_edit_after_the_review_is_reviewed_again(scripts: Scripts, folder: Path) -> None:
    entry = scripts.entry(money_entry(folder))
    first = scripts.draft(reworded(entry), mark(entry), "wen")
    scripts.approve(first.id, "lan")
    second = scripts.draft(reworded(entry, "又换了一种说法。"), mark(entry), "wen")
    with pytest.raises(ScriptRefused, match="change-gone"):
        scripts.publish(first.id, WEN)
    with pytest.raises(ScriptRefused, match="script-needs-review"):
        scripts.publish(second.id, WEN)


def test_nobody_overwrites_what_she_has_not_seen(scripts: Scripts) -> None:
    entry = scripts.entry(FREE)
    mine = scripts.draft(reworded(entry), mark(entry), "wen")
    path = scripts.place(FREE).path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(entry.scripts[0].text, "别人先改了。"), encoding="utf-8")
    with pytest.raises(ScriptRefused, match="script-stale"):
        scripts.publish(mine.id, WEN)
    with pytest.raises(ScriptRefused, match="script-stale"):
        scripts.draft(reworded(entry), mark(entry), "lan")


def test_only_the_newest_version_is_rolled_back(scripts: Scripts) -> None:
    entry = scripts.entry(FREE)
    first = scripts.draft(reworded(entry), mark(entry), "wen")
    scripts.publish(first.id, WEN)
    now = scripts.entry(FREE)
    second = scripts.draft(reworded(now, "第三种说法。"), mark(now), "lan")
    scripts.publish(second.id, LAN)
    with pytest.raises(ScriptRefused, match="script-stale"):
        scripts.roll_back(first.id, WEN)


def test_an_edit_without_a_change_and_an_entry_that_is_gone_are_told(scripts: Scripts) -> None:
    entry = scripts.entry(FREE)
    with pytest.raises(ScriptRefused, match="script-same"):
        scripts.draft(entry, mark(entry), "wen")
    with pytest.raises(ScriptRefused, match="script-gone"):
        scripts.entry("account.no-such")


def test_in_a_checkout_the_change_is_a_commit_with_the_trainer_s_name(scripts: Scripts, folder: Path) -> None:
    root = folder.parents[1]

    def git(*words: str) -> str:
        command = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@y.invalid", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    git("init", "--quiet")
    git("add", "data")
    git("commit", "--quiet", "-m", "start")
    (folder / "bargain.yml").write_text("# half done\n", encoding="utf-8")
    entry = scripts.entry(FREE)
    scripts.publish(scripts.draft(reworded(entry), mark(entry), "wen").id, WEN)
    assert git("log", "-1", "--format=%an|%s").strip() == f"文老师|Script {FREE}: {entry.question}"
    assert git("show", "--name-only", "--format=").split() == ["data/faq/account.yml"]


def test_a_broken_file_is_told_with_its_line(scripts: Scripts, folder: Path) -> None:
    (folder / "account.yml").write_text("topic: account\nentries: [\n", encoding="utf-8")
    with pytest.raises(DataError, match="account.yml:"):
        scripts.entry(FREE)


def new_entry(intent: str = "ask_account", topic: str = "account") -> Entry:
    base = fresh_entry(topic, intent, "会员能转给家人吗", ())
    ways = [f"会员转让{number}" for number in "一二三四五六七八"]
    script = {
        "id": "a",
        "text": "会员跟着账号走，暂时转不了。",
        "buttons": [],
        "valid_from": None,
        "valid_to": None,
    }
    return entry_from(base, base.question, ways, [script])


def test_a_new_entry_is_published_at_the_end_of_its_topics_file_and_taken_back(
    scripts: Scripts, folder: Path, served: Served
) -> None:
    file = folder / "account.yml"
    before = file.read_text(encoding="utf-8")
    draft = scripts.create(new_entry(), "wen")
    assert draft.before == {} and scripts.entry(draft.entry_id) == new_entry()
    assert file.read_text(encoding="utf-8") == before
    assert (
        "+  - id: account.hui-yuan-neng-zhuan-gei-jia" in draft.diff
        and "\n-" not in draft.diff.partition("@@")[2]
    )

    scripts.publish(draft.id, WEN)
    now = file.read_text(encoding="utf-8")
    assert now.startswith(before) and now.endswith(
        "        text: |-\n          会员跟着账号走，暂时转不了。\n"
    )
    assert served.entries == [new_entry()] == [entry_at(find_entry(folder, draft.entry_id))]

    scripts.roll_back(draft.id, WEN)
    assert file.read_text(encoding="utf-8") == before and served.withdrawn == [draft.entry_id]


def test_a_new_entry_about_money_waits_for_a_second_trainer(scripts: Scripts) -> None:
    draft = scripts.create(new_entry("bargain", "bargain"), "wen")
    with pytest.raises(ScriptRefused, match="script-needs-review"):
        scripts.publish(draft.id, WEN)
    with pytest.raises(ScriptRefused, match="script-own-review"):
        scripts.approve(draft.id, "wen")
    scripts.approve(draft.id, "lan")
    assert scripts.publish(draft.id, LAN).state == State.PUBLISHED


def test_a_new_entry_that_is_not_published_can_be_edited_and_dropped(scripts: Scripts) -> None:
    draft = scripts.create(new_entry(), "wen")
    with pytest.raises(ScriptRefused, match="script-taken"):
        scripts.create(new_entry(), "lan")
    longer = replace(new_entry(), variants=(*new_entry().variants, "会员给我妈用行吗"))
    edit = scripts.draft(longer, mark(new_entry()), "lan")
    assert edit.before == {} and scripts.entry(draft.entry_id) == longer
    scripts.drop(edit.id)
    with pytest.raises(ScriptRefused, match="script-gone"):
        scripts.entry(draft.entry_id)


def test_a_new_entry_that_cannot_be_served_leaves_the_file_as_it_was(
    scripts: Scripts, folder: Path, served: Served
) -> None:
    before = (folder / "account.yml").read_text(encoding="utf-8")
    draft = scripts.create(new_entry(), "wen")
    served.breaks = True
    with pytest.raises(OSError, match="disk full"):
        scripts.publish(draft.id, WEN)
    assert (folder / "account.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("topic", ["moon", "../account", ""])
def test_a_topic_the_shop_does_not_have_is_refused(scripts: Scripts, topic: str) -> None:
    with pytest.raises(ScriptRefused, match="script-topic"):
        scripts.create(new_entry(topic=topic), "wen")


def test_ids_are_spelt_from_the_question_and_never_taken_twice() -> None:
    assert fresh_entry("shop", "ask_shop", "能参观吗？", ()).id == "shop.neng-can-guan-ma"
    assert (
        fresh_entry("shop", "ask_shop", "能参观吗？", {"shop.neng-can-guan-ma"}).id
        == "shop.neng-can-guan-ma-2"
    )
    assert fresh_entry("shop", "ask_shop", "？", ()).id == "shop.new"
