"""Why something did not arrive: one word from what the wire said, and a sentence for each word."""

import asyncio
import re
import socket
import ssl

import pytest

from gis_dispatch import assets
from gis_dispatch.domain.failures import FAILURES, failure_of_status
from gis_dispatch.exchange.reaching import failure_of
from gis_dispatch.exchange.signed_post import NotDelivered, post_signed


def caused_by(cause: BaseException) -> Exception:
    error = ConnectionError("all connection attempts failed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (caused_by(socket.gaierror(-2, "Name or service not known")), "name_not_found"),
        (ConnectionError("[Errno -3] Temporary failure in name resolution"), "name_not_found"),
        (caused_by(ssl.SSLCertVerificationError("self-signed certificate")), "certificate"),
        (ConnectionRefusedError("[Errno 111] Connection refused"), "not_reachable"),
    ],
)
def test_what_the_wire_says_becomes_a_reason(error: Exception, reason: str) -> None:
    assert failure_of(error) == reason


def test_an_answer_becomes_a_reason_by_its_status() -> None:
    found = {status: failure_of_status(status) for status in (302, 401, 404, 429, 503)}
    assert found == {
        302: "refused", 401: "not_let_in", 404: "refused", 429: "too_many", 503: "broken_there",
    }  # fmt: skip


def test_a_post_tells_the_reason_beside_the_raw_text() -> None:
    for url, reason in (
        ("http://127.0.0.1:9/", "not_reachable"),
        ("http://no-such-name.invalid/", "name_not_found"),
    ):
        with pytest.raises(NotDelivered) as refused:
            asyncio.run(post_signed(url, "s", "k", b"{}", within_s=5))
        assert refused.value.reason == reason
        assert refused.value.error.startswith("Not reachable: ")


def test_every_reason_has_its_sentence_on_the_screens() -> None:
    script = (assets.folder("web") / "static" / "shared" / "failures.js").read_text("utf-8")
    assert set(re.findall(r"^  (\w+): t\(", script, re.MULTILINE)) == set(FAILURES)
