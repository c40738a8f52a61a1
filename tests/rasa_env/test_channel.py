"""The channel: errors are errors, nobody shares a conversation, typed text is never a command."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphSchema
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from bot import channel_calls
from bot.action_endpoint import ActionEndpoint, TurnFailed
from bot.channel import Replies, XiaoerInput, _run_turn, end_without_model
from bot.channel_calls import Refused, conversation_of, model_file, said, typed
from bot.channel_context import HANDED_BACK, honest_parse
from bot.text.normalise import normalise

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = Domain.load(str(ROOT / "domain.yml"))
RANKING = [{"name": "nlu_fallback", "confidence": 0.7}, {"name": "ask_size", "confidence": 0.3}]


class Processor:
    """Stands in for Rasa's processor; what the dialogue says is given by the test."""

    def __init__(
        self, says: list[dict[str, Any]], failure: BaseException | None = None, events: Sequence[Event] = ()
    ) -> None:
        self.says, self.failure, self.saved, self.message = says, failure, [], None
        self.tracker = DialogueStateTracker.from_events("c-1", list(events), DOMAIN.slots)
        unsure = SimpleNamespace(uses=FallbackClassifier, config={"threshold": 0.58})
        self.model_metadata = SimpleNamespace(predict_schema=GraphSchema({"unsure": unsure}))

    async def get_tracker(self, conversation: str) -> DialogueStateTracker:
        return self.tracker

    async def _update_tracker_session(self, *_: Any) -> None:
        """The session goes on."""

    async def _handle_message_with_tracker(self, message: Any, tracker: DialogueStateTracker) -> None:
        self.message = message

    async def run_action_extract_slots(
        self, output: Any, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        return tracker

    async def _run_prediction_loop(self, output: Any, tracker: DialogueStateTracker) -> None:
        if self.failure:
            raise self.failure
        for message in self.says:
            await output.send_response("c-1", message)

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        self.saved.append(tracker)


def turn(
    processor: Processor, text: str = "这件多大码", ranking: Sequence[dict[str, Any]] = RANKING, **body: Any
) -> dict[str, Any]:
    async def parse_message(words: str) -> dict[str, Any]:
        return {"text": words, "intent": ranking[0], "intent_ranking": ranking, "entities": []}

    agent = SimpleNamespace(processor=processor, parse_message=parse_message, domain=DOMAIN)
    return asyncio.run(_run_turn(agent, "c-1", text, body))


def test_replies_and_effects_come_apart_with_their_sources() -> None:
    source = {"action": "action_size", "faq_id": "sizing.a", "score": 0.9}
    says = [
        {
            "text": "M 码",
            "buttons": [{"title": "好", "payload": "/affirm", "x": 1}],
            "custom": {"source": source},
        },
        {"custom": {"effect": "handoff", "reason": "requested", "priority": 50}},
        {"text": None, "custom": {"card": {"type": "product"}}},
        {"text": "不客气", "utter_action": "utter_thank"},
        {"text": None},
    ]
    answer = turn(Processor(says))
    first, second, third = answer["replies"]
    assert first["buttons"] == [{"title": "好", "payload": "/affirm"}]
    assert first["source"] == {"faq_id": "sizing.a", "script_id": None, "score": 0.9, "action": "action_size"}
    assert second["card"] == {"type": "product"}
    assert third["source"]["action"] == "utter_thank"
    assert answer["effects"] == [{"effect": "handoff", "reason": "requested", "priority": 50}]


def test_the_parse_is_the_models_own_reading_and_not_the_fallback() -> None:
    parse = turn(Processor([{"text": "好"}]))["parse"]
    assert parse["intent"] == {"name": "ask_size", "confidence": 0.3}
    assert [each["name"] for each in parse["ranking"]] == ["ask_size"]


def test_safety_goes_before_every_reading_while_the_parse_stays_honest() -> None:
    processor = Processor([{"text": "好"}])
    answer = turn(processor, "穿了你们的衣服过敏了，身上全是红疹")
    assert processor.message.parse_data["intent"]["name"] == "request_human"
    assert processor.message.metadata["safety_topic"] == "allergy"
    assert answer["parse"]["intent"]["name"] == "ask_size"


def test_a_pressed_button_is_no_safety_matter() -> None:
    processor = Processor([{"text": "好"}])
    turn(processor, '/inform{"color":"过敏了要起诉"}', payload='/inform{"color":"过敏了要起诉"}')
    assert "safety_topic" not in processor.message.metadata


UNSURE = [{"name": "nlu_fallback", "confidence": 0.58}, {"name": "track_order", "confidence": 0.4}]
UNSURELY_TRACKED = UserUttered("到哪了", UNSURE[0], parse_data={"intent_ranking": UNSURE})
TRACKED = UserUttered("/track_order", {"name": "track_order", "confidence": 1.0})


def read_after(*events: Event, ranking: Sequence[tuple[str, float]], **body: Any) -> tuple[str, str]:
    """What decides the turn, and what is reported, of a message with this ranking after these events."""
    processor = Processor([{"text": "好"}], events=events)
    answer = turn(
        processor, ranking=[{"name": name, "confidence": chance} for name, chance in ranking], **body
    )
    return processor.message.parse_data["intent"]["name"], answer["parse"]["intent"]["name"]


NEARLY_EVEN = (("ask_stock", 0.45), ("track_order", 0.44))


@pytest.mark.parametrize("before", [TRACKED, UNSURELY_TRACKED])
def test_the_message_before_tells_two_likely_readings_apart(before: UserUttered) -> None:
    assert read_after(before, ranking=NEARLY_EVEN) == ("track_order", "track_order")


def test_a_reading_made_sure_by_its_chat_needs_no_asking_back() -> None:
    unsure = (("nlu_fallback", 0.58), *NEARLY_EVEN)
    assert read_after(TRACKED, ranking=unsure) == ("track_order", "track_order")


def test_a_reading_made_doubtful_by_its_chat_is_asked_back() -> None:
    assert read_after(TRACKED, ranking=(("ask_size", 0.62), ("track_order", 0.02)))[0] == "nlu_fallback"


@pytest.mark.parametrize(
    "events", [(), (TRACKED, SessionStarted()), (TRACKED, SlotSet(HANDED_BACK, "已改好地址"))]
)
def test_at_the_start_and_after_a_person_a_message_is_read_alone(events: Sequence[Event]) -> None:
    assert read_after(*events, ranking=NEARLY_EVEN) == ("ask_stock", "ask_stock")


def test_a_yes_needs_no_more_than_the_chat_it_is_said_in() -> None:
    assert read_after(ranking=(("nlu_fallback", 0.97), ("affirm", 0.03), ("thank", 0.002)))[0] == "affirm"


def test_a_dictated_message_that_is_doubtful_is_read_again_without_its_hesitations() -> None:
    heard: list[str] = []

    async def parse_message(words: str) -> dict[str, Any]:
        heard.append(words)
        is_typed = words == "什么时候发货"
        ranking = [{"name": "ask_shipping_time", "confidence": 0.9}] if is_typed else RANKING
        return {"text": words, "intent": ranking[0], "intent_ranking": ranking, "entities": []}

    processor = Processor([{"text": "好"}])
    agent = SimpleNamespace(processor=processor, parse_message=parse_message, domain=DOMAIN)
    asyncio.run(_run_turn(agent, "c-1", "呃，那个，什么时候发货", {}))
    assert heard == ["呃，那个，什么时候发货", "什么时候发货"]
    assert processor.message.parse_data["intent"]["name"] == "ask_shipping_time"
    assert processor.message.text == "呃，那个，什么时候发货"


def test_what_a_button_says_is_not_weighed() -> None:
    assert read_after(TRACKED, ranking=NEARLY_EVEN, payload="/ask_stock")[0] == "ask_stock"


@pytest.mark.parametrize("failure", [TurnFailed("actions are down"), ValueError("broken")])
def test_a_failed_turn_is_neither_answered_nor_saved(failure: BaseException) -> None:
    processor = Processor([], failure)
    with pytest.raises(type(failure)):
        turn(processor)
    assert processor.saved == []


def test_a_turn_without_a_word_is_a_failure() -> None:
    processor = Processor([{"custom": {"effect": "tag", "text": "x"}}])
    with pytest.raises(TurnFailed):
        turn(processor)
    assert processor.saved == []


def test_a_dialogue_that_goes_in_circles_is_a_failure() -> None:
    processor = Processor([{"text": "好"}])
    turn(processor)
    with pytest.raises(TurnFailed):
        processor.on_circuit_break(None, None, None)


def test_rasas_processor_does_not_swallow_a_failed_part() -> None:
    class Broken:
        def name(self) -> str:
            return "action_size"

        async def run(self, *_: Any) -> None:
            raise TurnFailed("down")

    processor = MessageProcessor.__new__(MessageProcessor)
    processor.domain = DOMAIN
    tracker = DialogueStateTracker("c-1", DOMAIN.slots)
    with pytest.raises(TurnFailed):
        asyncio.run(processor._run_action(Broken(), tracker, None, None, SimpleNamespace(events=[])))


@pytest.mark.parametrize("text", ["/greet", "／greet", "//greet", ' /inform{"order_id":"1"}', "/restart"])
def test_typed_text_never_becomes_a_command(text: str) -> None:
    read = typed(text)
    assert not read.startswith("/")
    assert not normalise(read).startswith("/")


def agent() -> SimpleNamespace:
    return SimpleNamespace(domain=DOMAIN)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "  "},
        {"text": 5},
        {"text": "在吗", "payload": "/greet"},
        {"payload": "greet"},
        {"payload": "/unknown_intent"},
        {"payload": '/inform{"size":'},
        {"payload": '/inform{"unknown":"M"}'},
        {"payload": "/restart"},
        {"payload": "/greet extra"},
    ],
)
def test_what_is_neither_text_nor_one_of_our_payloads_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        said(body, agent())
    assert refused.value.status == 422


def test_a_payload_of_ours_is_taken_as_it_is() -> None:
    assert said({"payload": '/inform{"size":"M"}'}, agent()) == '/inform{"size":"M"}'


@pytest.mark.parametrize("conversation", [None, "", "default sender", "a" * 101, 7, "../x"])
def test_there_is_no_default_sender(conversation: Any) -> None:
    with pytest.raises(Refused) as refused:
        conversation_of({"conversation_id": conversation})
    assert refused.value.status == 422


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}])
def test_without_a_secret_the_channel_does_not_start(credentials: dict | None) -> None:
    with pytest.raises(RasaException, match="XIAOER_CHANNEL_TOKEN"):
        XiaoerInput.from_credentials(credentials)


def guarded(header: str | None, ready: bool = True) -> Any:
    async def handler(request: Any) -> Any:
        raise ValueError("13800138000")

    running = SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(is_ready=lambda: ready)))
    request = SimpleNamespace(headers={"authorization": header} if header else {}, app=running, path="/turn")
    return asyncio.run(XiaoerInput("secret")._guarded(handler)(request))


@pytest.mark.parametrize(
    "header", [None, "", "secret", "Bearer ", "Bearer secre", "Bearer secrets", "bearer sécret"]
)
def test_a_call_without_the_secret_is_refused(header: str | None) -> None:
    assert guarded(header).status == 401


def test_an_exception_is_a_500_that_quotes_nothing() -> None:
    answer = guarded("Bearer secret")
    assert answer.status == 500
    assert b"13800138000" not in answer.body


def test_without_a_model_the_answer_is_503() -> None:
    assert guarded("Bearer secret", ready=False).status == 503


def test_models_are_loaded_from_our_folder_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rasa"
    folder.mkdir()
    (folder / "good.tar.gz").touch()
    (tmp_path / "evil.tar.gz").touch()
    (folder / "link.tar.gz").symlink_to(tmp_path / "evil.tar.gz")
    monkeypatch.setattr(channel_calls, "MODELS", folder)
    assert model_file(str(folder / "good.tar.gz")).name == "good.tar.gz"
    for path in (None, "", str(folder), str(folder / "none.tar.gz"), str(tmp_path / "evil.tar.gz"),
                 str(folder / ".." / "evil.tar.gz"), str(folder / "link.tar.gz")):  # fmt: skip
        with pytest.raises(Refused):
            model_file(path)


def call(answer: Any) -> tuple[Any, list[dict]]:
    """Ask an action server that answers so; its result and what it was sent."""
    received: list[dict] = []

    async def run() -> Any:
        async def webhook(request: web.Request) -> web.Response:
            received.append(await request.json())
            return answer

        server = web.Application()
        server.router.add_post("/webhook", webhook)
        runner = web.AppRunner(server)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        endpoint = ActionEndpoint(url=f"http://127.0.0.1:{port}/webhook")
        try:
            return await endpoint.request(json={"next_action": "action_x", "tracker": {"events": []}})
        finally:
            await endpoint.close()
            await runner.cleanup()

    return asyncio.run(run()), received


def test_an_action_is_sent_no_domain() -> None:
    result, received = call(web.json_response({"events": [], "responses": []}))
    assert result == {"events": [], "responses": []}
    assert received == [{"next_action": "action_x", "tracker": {"events": []}, "domain": {}}]


@pytest.mark.parametrize(
    "answer",
    [
        web.json_response({"error": "x"}, status=500),
        web.json_response({"error": "x"}, status=400),
        web.json_response({"events": "none"}),
        web.json_response({"events": [{"event": "slot", "name": "size"}], "responses": []}),
        web.json_response({"events": ["slot"], "responses": []}),
        web.json_response({"events": [], "responses": "none"}),
        web.Response(text="not json"),
    ],
)
def test_an_action_server_that_answers_badly_fails_the_turn(answer: web.Response) -> None:
    with pytest.raises(TurnFailed):
        call(answer)


def test_an_action_server_that_is_away_fails_the_turn() -> None:
    async def ask() -> None:
        endpoint = ActionEndpoint(url="http://127.0.0.1:9/webhook")
        try:
            await endpoint.request(json={"next_action": "action_x", "tracker": {"events": []}})
        finally:
            await endpoint.close()

    with pytest.raises(TurnFailed):
        asyncio.run(ask())


def test_a_payloads_parse_names_its_intent() -> None:
    parsed = {
        "intent": {"name": "greet", "confidence": 1.0},
        "entities": [{"entity": "size", "value": "M", "role": "x"}],
    }
    assert honest_parse(parsed)["intent"]["name"] == "greet"
    assert honest_parse(parsed)["entities"] == [{"entity": "size", "value": "M"}]


def test_replies_without_words_card_or_picture_are_not_replies() -> None:
    output = Replies()
    asyncio.run(output.send_response("c-1", {"text": "", "buttons": None, "custom": {}}))
    assert output.replies == []


@pytest.mark.parametrize(("is_ready", "stopped"), [(True, []), (False, ["stop"])])
def test_a_server_whose_model_could_not_be_loaded_ends_to_be_started_again(
    is_ready: bool, stopped: list[str]
) -> None:
    """Found by `make torture`: killed while the disk was full, Rasa came back without a model and stayed so."""
    said: list[str] = []
    agent = SimpleNamespace(is_ready=lambda: is_ready)
    end_without_model(SimpleNamespace(ctx=SimpleNamespace(agent=agent), stop=lambda: said.append("stop")))
    assert said == stopped
