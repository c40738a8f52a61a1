"""The names of what customers want (dialogue.md). Never rename one silently: data and reports use them."""

from __future__ import annotations

BEFORE_SALE = (
    "ask_size", "ask_product_info", "ask_recommendation", "ask_stock", "ask_price", "ask_promotion",
    "bargain", "ask_price_protection", "ask_quality", "hesitate", "ask_payment", "ask_bulk_order",
)  # fmt: skip
ON_ITS_WAY = (
    "ask_shipping_time", "ask_shipping_fee", "ask_courier", "track_order", "urge_shipping", "modify_address",
    "modify_order", "cancel_order", "ask_invoice",
)  # fmt: skip
AFTER_SALE = (
    "report_defect", "report_wrong_item", "report_mismatch", "ask_return", "ask_exchange", "ask_refund",
    "ask_compensation", "ask_return_fee", "ask_usage", "ask_warranty", "complain",
)  # fmt: skip
ANY_TIME = (
    "greet", "thank", "goodbye", "affirm", "deny", "inform", "request_human", "ask_shop", "ask_account",
    "ask_bot", "chitchat", "out_of_scope",
)  # fmt: skip

INTENTS: tuple[str, ...] = BEFORE_SALE + ON_ITS_WAY + AFTER_SALE + ANY_TIME
