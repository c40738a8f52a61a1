"""Rasa's tracker store (Rasa environment), with the one thing more that the gateway needs: to take turns back."""

from __future__ import annotations

from rasa.core.tracker_store import SQLTrackerStore


class TrackerStore(SQLTrackerStore):
    """Named in endpoints.yml."""

    async def cut(self, conversation: str, keep: int) -> None:
        """Forget all but the first `keep` events of the conversation's newest session, as `retrieve` counts them."""
        with self.session_scope() as session:
            rows = self._event_query(session, conversation, fetch_events_from_all_sessions=False).all()
            for row in rows[keep:]:
                session.delete(row)
            session.commit()
