"""Which action answers each reading that a customer can be asked about: the rules in data/rules, for actions."""

from __future__ import annotations

SCRIPTS = ("ask_quality", "ask_warranty", "ask_shop", "ask_account")
"""Answered by the scripts of their intent."""
ACTION_OF = {
    "ask_size": "action_size",
    "ask_product_info": "action_product_info",
    "ask_recommendation": "action_recommend",
    "ask_stock": "action_stock",
    "ask_price": "action_price",
    "ask_promotion": "action_promotion",
    "bargain": "action_bargain",
    "ask_price_protection": "action_price_protection",
    "hesitate": "action_hesitate",
    "ask_payment": "action_payment",
    "ask_bulk_order": "action_bulk_order",
    "ask_shipping_time": "action_shipping_time",
    "ask_shipping_fee": "action_shipping_fee",
    "ask_courier": "action_courier",
    "track_order": "action_track",
    "urge_shipping": "action_urge",
    "modify_address": "action_modify_address",
    "modify_order": "action_modify_order",
    "cancel_order": "action_cancel_order",
    "ask_invoice": "action_invoice",
    "report_defect": "after_sale_form",
    "report_wrong_item": "after_sale_form",
    "report_mismatch": "after_sale_form",
    "ask_compensation": "action_compensation",
    "ask_return": "action_return",
    "ask_exchange": "action_exchange",
    "ask_refund": "action_refund",
    "ask_return_fee": "action_return_fee",
    "ask_usage": "action_usage",
    "complain": "action_complaint",
    "request_human": "action_handoff",
}
ASKED_FIRST = (
    *("complain", "request_human", "bargain", "ask_bulk_order", "cancel_order", "hesitate", "ask_payment"),
    *("report_defect", "report_wrong_item", "report_mismatch", "ask_compensation"),
    *("ask_return", "ask_exchange", "ask_refund"),
)
"""Readings whose answer does more than tell something: an unsure one is asked about even where it is the only one."""
