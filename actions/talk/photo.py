"""A photo without a word: it belongs to what is open, else the bot asks what it shows."""

from __future__ import annotations

from actions.after_sale.trouble import keep_photo, trouble
from actions.common.base import BotAction
from actions.common.turn import Turn
from actions.talk.handoff import hand_over


class Photo(BotAction):
    """Photos cannot be looked at by the bot; it says what it can truly say and never lets one vanish."""

    action = "action_photo"

    def act(self, turn: Turn) -> None:
        case, settled = trouble(turn), turn.slot("settled")
        if case.get("not_arrived"):
            keep_photo(turn)
            hand_over(turn, "beyond_authority", "utter_handoff_after_sale")
        elif case.get("issue") and not case.get("talk"):
            turn.go_on_with("after_sale_form")
        elif case.get("order") or settled:
            turn.say("utter_photo_kept", order=case.get("order") or settled["order"])
        else:
            keep_photo(turn)
            turn.say("utter_photo_of_what")
