"""Many consoles in one process: what each was sent, and when. Says `open` when all are listening.

`python -m bench.live_clients PORT CLIENTS UNIT FILE TOKEN`; ends when its input ends.
"""

import re
import select
import socket
import sys
import time
from pathlib import Path

import numpy as np

EVENT = re.compile(rb"id: (\d+)\nevent")  # begins with what can be looked for quickly
ASK = (
    "GET /api/v1/events HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n"
    "Authorization: Bearer {token}\r\n\r\n"
)


def opened(port: int, token: str) -> socket.socket:
    """One console that has asked for its stream."""
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.sendall(ASK.format(token=token).encode())
    return made


def main() -> None:
    """Open all, read until told to stop, write down what was heard."""
    port, clients, unit, file, token = sys.argv[1:]
    # A marked unit says in its accuracy which of its moves this is.
    move = re.compile(rb"\[%d,[^\],]+,[^\],]+,[^\],]+,[^\],]+,(\d+)\.0," % int(unit))
    poll = select.epoll()
    poll.register(sys.stdin.fileno(), select.EPOLLIN)
    sockets, waiting, number = {}, {}, {}
    for index in range(int(clients)):
        one = opened(int(port), token)
        one.settimeout(0)
        sockets[one.fileno()], waiting[one.fileno()] = one, b""
        number[one.fileno()] = index
        poll.register(one.fileno(), select.EPOLLIN)
    events: list[tuple[int, int, float]] = []
    moves: list[tuple[int, int, float]] = []
    begun: set[int] = set()
    while True:
        for file_number, _what in poll.poll():
            if file_number == sys.stdin.fileno():
                np.savez(Path(file), events=np.array(events), moves=np.array(moves))
                return
            piece = sockets[file_number].recv(1 << 20)
            now = time.time()
            if not piece:
                raise SystemExit(f"stream {number[file_number]} was closed")
            text = waiting[file_number] + piece
            whole = text.rfind(b"\n\n") + 2
            if whole < 2:
                waiting[file_number] = text
                continue
            frames, waiting[file_number] = text[:whole], text[whole:]
            index = number[file_number]
            events += [(index, int(id), now) for id in EVENT.findall(frames)]
            moves += [(index, int(mark), now) for mark in move.findall(frames)]
            if index not in begun and b"event: beat" in frames:
                begun.add(index)
                if len(begun) == int(clients):
                    print("open", flush=True)


if __name__ == "__main__":
    main()
