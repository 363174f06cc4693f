"""A port in use, or an address that is not ours, is refused with a sentence."""

import socket
from pathlib import Path

import pytest

from gis_dispatch.running import ports
from gis_dispatch.running.refusals import AddressUnusable, PortInUse
from gis_dispatch.settings import Settings


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=f"Port {port} on 127.0.0.1 is in use"):
            ports.require_free(Settings(home=tmp_path, port=port))
    ports.require_free(Settings(home=tmp_path, port=port))


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    with pytest.raises(AddressUnusable, match="GIS_DISPATCH_HOST"):
        ports.require_free(Settings(home=tmp_path, host="192.0.2.1"))


def test_nobody_answers_and_the_server_is_dead(tmp_path: Path) -> None:
    assert ports.wait_for_answer(Settings(home=tmp_path, port=1), lambda: False) is False
