"""A small token endpoint (RFC 6749 section 6) on loopback, and the introspection by which a mail server asks it."""

import json
import ssl
from urllib.parse import parse_qs

from tests.servers.smtp import USER
from tests.servers.web import LoopbackServer, Question, Reply


class TokenHouse:
    """Gives access tokens for the one refresh token that holds; each use replaces it when `rotates`."""

    def __init__(self, context: ssl.SSLContext, first: str = "segar-1", access: str = "") -> None:
        self.refresh, self.rotates, self.given = first, False, 0
        self.valid = access
        """The access token that holds now."""
        self._fixed = access
        self._tokens = LoopbackServer(self._answer, context)
        self._introspection = LoopbackServer(self._introspected)
        self.url = f"{self._tokens.url}/token"
        self.introspection_url = f"{self._introspection.url}/"

    def stop(self) -> None:
        self._tokens.stop()
        self._introspection.stop()

    def _answer(self, question: Question) -> Reply:
        form = {name: values[0] for name, values in parse_qs(question.body.decode()).items()}
        wanted = {"grant_type": "refresh_token", "refresh_token": self.refresh, "client_id": "klien-uji"}
        if question.method != "POST" or form != wanted:
            return Reply(400, b'{"error": "invalid_grant"}')
        self.given += 1
        self.valid = self._fixed or f"akses-{self.given}"
        answer: dict[str, object] = {"access_token": self.valid, "token_type": "Bearer", "expires_in": 3600}
        if self.rotates:
            self.refresh = f"segar-{self.given + 1}"
            answer["refresh_token"] = self.refresh
        return Reply(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def _introspected(self, question: Question) -> Reply:
        said = question.headers.get("Authorization", "").removeprefix("Bearer ")
        active = bool(self.valid) and (said == self.valid or self.valid in question.body.decode())
        return Reply(200, json.dumps({"active": active, "username": USER}).encode())
