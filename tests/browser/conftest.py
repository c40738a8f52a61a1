"""How long a browser test waits for what it expects: a machine may train a model beside it."""

from playwright.sync_api import expect

expect.set_options(timeout=15_000)
