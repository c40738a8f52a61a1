"""Whatever a customer with a trouble says, in any order: nothing is asked three times, and it ends with a case or a
person."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.after_sale.after_sale_question import AfterSaleQuestion
from actions.after_sale.remedies import OfferRemedies, SettleRemedy
from actions.after_sale.remedy_question import RemedyQuestion
from bot.shop.records.remedy_policy import RemedyKind
from tests.actions.conftest import Said, say

BOX = "88261100010117"
MESSAGES = [
    ("嗯嗯", "nlu_fallback", {}),
    ("有质量问题", "report_defect", {}),
    ("底板裂开了一条缝", "report_defect", {"fault": "断裂"}),
    ("少发了", "report_wrong_item", {}),
    ("跟图片不一样，颜色偏绿", "report_mismatch", {}),
    ("两个都是", "inform", {"quantity": 2}),
    ("还能用", "inform", {}),
    ("没法用了", "inform", {}),
    ("好的", "affirm", {}),
    ("不行", "deny", {}),
    ("太少了吧", "complain", {}),
    ("退我30", "ask_compensation", {"price": 30.0}),
    ("赔我三百", "ask_compensation", {"price": 300.0}),
    ("退一半", "ask_compensation", {}),
    ("第二个", "inform", {}),
    ("换一个吧", "ask_exchange", {}),
    ("运费谁出", "ask_return_fee", {}),
    ("在吗", "greet", {}),
    (f'/inform{{"order_id":"{BOX}"}}', "inform", {"order_id": BOX}),
    ("[图片]", "inform", {"photo": True}),
    *((f'/inform{{"remedy":"{kind.value}"}}', "inform", {"remedy": kind.value}) for kind in RemedyKind),
]
ASKING = ("utter_which_", "utter_how_", "utter_what_", "utter_photo_", "utter_remedies_")
TOLD = ("utter_photo_kept", "utter_photo_later")
INTERRUPTED = [{"event": "user"}, {"event": "action", "name": "action_faq"}]


class Chat:
    """The forms and what follows them, as the rules of the dialogue run them."""

    def __init__(self) -> None:
        self.slots: dict = {}
        self.form: str | None = "after_sale_form"
        self.asked: list[str] = []
        self.last = Said([], [])
        self.is_over = False
        """A case, a person, or a question dropped for another subject."""

    def hear(self, text: str, intent: str, told: dict) -> None:
        entities = {name: value for name, value in told.items() if name != "photo"}
        self.more = {"customer_id": "c-he", "image": "/api/attachments/1" if "photo" in told else None}
        self.said = (text, intent, entities)
        self._run_form()

    def _run(self, action, **more) -> Said:
        text, intent, entities = self.said
        self.last = say(action, text, intent, entities, self.slots, **self.more, **more)
        self.slots = self.last.slots
        return self.last

    def _run_form(self, events: list | None = None) -> None:
        question = AfterSaleQuestion() if self.form == "after_sale_form" else RemedyQuestion()
        more = {} if events is None else {"events": events}
        said = self._run(question, form=self.form, **more)
        is_aside = said.follows == "action_return_fee"
        if is_aside and not self.slots.get("requested_slot"):
            self.is_over = True  # asked often enough: dropped for another subject
            return
        if not said.events or is_aside:  # it is answered, then the form comes back
            self._run_form(INTERRUPTED)
            return
        if any(event["event"] == "action_execution_rejected" for event in said.events):
            self.is_over = True
        elif question := self.slots.get("requested_slot"):
            is_asked = any(name.startswith(ASKING) for name in said.responses if name not in TOLD)
            self.asked += [question] if is_asked else []
        else:
            self._go_on()

    def _go_on(self) -> None:
        done = self._run(OfferRemedies() if self.form == "after_sale_form" else SettleRemedy())
        if done.follows == "remedy_form":
            self.form = "remedy_form"
            self._run_form()
        else:
            self.is_over = True


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.sampled_from(MESSAGES[1:5]), more=st.lists(st.sampled_from(MESSAGES), min_size=30, max_size=30)
)
def test_nothing_is_asked_three_times_and_every_talk_ends(orders, demo_shop, first, more) -> None:
    orders.orders = dict(demo_shop.orders)
    chat = Chat()
    chat.hear(*first)
    for message in more:
        if chat.is_over:
            break
        chat.hear(*message)
        assert chat.is_over or chat.last.messages, "the bot was silent"
    assert chat.is_over, chat.asked
    assert max(Counter(chat.asked).values(), default=0) <= 2, chat.asked
    limits = demo_shop.policy.remedies.authority
    assert orders.orders[BOX].compensated <= limits.amount
    promises = [effect for effect in chat.last.effects if effect["effect"] == "promise"]
    assert len(promises) <= 1
