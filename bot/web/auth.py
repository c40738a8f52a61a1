"""Who is asking: a customer by her conversation's token, a person of the shop by the session cookie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from bot.desk.conversations import Agent, Conversation, NotFound, Role
from bot.desk.threads import in_thread
from bot.web.gateway import GatewayOf
from bot.web.problems import Problem

COOKIE = "xiaoer_session"
_bearer = HTTPBearer(auto_error=False, description="The token of POST /api/chat/sessions")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="Set by POST /api/login")

Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _own_conversation(gateway: GatewayOf, bearer: Bearer) -> Conversation:
    if bearer is None:
        raise Problem("no-session", 401, headers={"WWW-Authenticate": "Bearer"})
    try:
        return await in_thread(gateway.desk.conversations.by_token, bearer.credentials)
    except NotFound:
        raise Problem("no-session", 401, headers={"WWW-Authenticate": "Bearer"}) from None


OwnConversation = Annotated[Conversation, Depends(_own_conversation)]
"""For customers' routes: the only conversation this token opens."""


async def _logged_in(
    request: Request, gateway: GatewayOf, token: Annotated[str | None, Depends(_cookie)]
) -> Agent:
    if token is None:
        raise Problem("not-logged-in", 401)
    try:
        agent = await in_thread(gateway.desk.agents.by_session, token)
    except NotFound:
        raise Problem("not-logged-in", 401) from None
    await in_thread(gateway.desk.agents.seen, agent.username)
    request.state.agent = agent
    return agent


LoggedIn = Annotated[Agent, Depends(_logged_in)]
"""For routes open to everybody of the shop."""


def with_role(*roles: Role) -> Callable[[Agent], Awaitable[Agent]]:
    """A dependency that lets only these roles pass."""

    async def check(agent: LoggedIn) -> Agent:
        if agent.role not in roles:
            raise Problem("not-allowed", 403)
        return agent

    return check


AtTheDesk = Annotated[Agent, Depends(with_role(Role.AGENT, Role.SUPERVISOR))]
"""For routes that talk to customers."""
Trainer = Annotated[Agent, Depends(with_role(Role.TRAINER, Role.SUPERVISOR))]
"""For routes that change what the bot knows."""
