"""`python -m tests.crash window [--kills N]`: the window killed while it is used; exits 0 when nothing promised was
lost and nothing was alarmed about.

`python -m tests.crash mail [--broken]`: the program killed at every write and every SMTP answer while it sends mail;
exits 0 when every message arrived once, and what cannot be known was unsettled, never sent again.

`python -m tests.crash day`: the program killed at every write, every note of a mail, every move and every handing over
while a mailed request goes all its way; exits 0 when there was one case, and each message reached the applicant once.

`python -m tests.crash key [--points N]`: the program killed at every write, sync and renaming while it changes the data
key; exits 0 when every profile opened with exactly one of both passphrases and held what it had held.

`python -m tests.crash store [--states N]`: the power cut at every write, sync and renaming of the database; exits 0
when no disk that it could have left is corrupt, lacks a step that was acknowledged or holds half of one, and when the
same with `synchronous=NORMAL` was found to lose some.

`python -m tests.crash [--points N] [--broken]`: faults between us and the CA, and processes killed at every write.

Exits 0 when every promise was kept: exactly one certificate a case, no old one revoked or left unnoticed, no case
stuck, a restart that knows within a second. `--broken` runs the variant that stores the intent after the call: then
the exit is 0 only if that was found out.
"""

import argparse
import sys
import time
from collections.abc import Callable

from tests.crash.day_kills import onslaught as day_kills
from tests.crash.key_kills import LAST, count_points, key_scene, spread
from tests.crash.key_kills import onslaught as key_kills
from tests.crash.mail_kills import onslaught as mail_kills
from tests.crash.onslaught import RECOVERY_LIMIT, Point, onslaught
from tests.crash.store_cuts import onslaught as onslaught_of_store
from tests.crash.store_cuts import record
from tests.crash.window_kills import onslaught as window_kills


def kill_windows(kills: int, seed: int) -> int:
    started = time.perf_counter()
    tally = window_kills(kills, seed, lambda words: print(words, file=sys.stderr, flush=True))
    print(f"{tally.kills} kills of the window ({tally.early} while it opened), {time.perf_counter() - started:.0f} s")
    print(f"promised: {dict(sorted(tally.promised.items()))}")
    for name, found in (("false alarms", tally.alarms), ("lost", tally.lost)):
        print(f"{name}: {len(found)}")
        for words in found[:20]:
            print(f"  {words}")
    return 1 if tally.alarms or tally.lost else 0


def kill_mail(broken: bool) -> int:
    started = time.perf_counter()
    tally = mail_kills(lambda words: print(words, file=sys.stderr, flush=True), broken=broken)
    for kind, count in sorted(tally.points.items()):
        print(f"killed at {kind:7} {count:5} points")
    print(f"total             {sum(tally.points.values()):5} points in {time.perf_counter() - started:.0f} s")
    print(f"settled by the officer, whose copy was nowhere: {tally.unsettled}")
    print(f"promises broken: {len(tally.broken)}")
    for words in tally.broken[:20]:
        print(f"  {words}")
    return 1 if bool(tally.broken) is not broken else 0


def kill_day() -> int:
    started = time.perf_counter()
    tally = day_kills(lambda words: print(words, file=sys.stderr, flush=True))
    print(f"killed at {dict(sorted(tally.points.items()))}, {time.perf_counter() - started:.0f} s")
    print(f"promises broken: {len(tally.broken)}")
    for words in tally.broken[:20]:
        print(f"  {words}")
    return 1 if tally.broken else 0


def kill_key_change(points: int | None) -> int:
    started = time.perf_counter()
    with key_scene() as (template, before):
        count = count_points(template, before)
        wanted = range(1, count + 1) if points is None else spread(count, points, LAST)
        tally = key_kills(template, before, wanted, lambda words: print(words, file=sys.stderr, flush=True))
    print(f"{count} points, killed at {tally.kills}, {tally.went_on} of them with the new key in the end, "
          f"{time.perf_counter() - started:.0f} s")  # fmt: skip
    print(f"promises broken: {len(tally.broken)}")
    for words in tally.broken[:20]:
        print(f"  {words}")
    return 1 if tally.broken else 0


def cut_store(states: int | None) -> int:
    kept = True
    for synchronous, wanted in (("full", states), ("normal", min(states or 1000, 1000))):
        started = time.perf_counter()
        recording = record(synchronous)
        tally = onslaught_of_store(recording, wanted)
        print(
            f"synchronous={synchronous}: {len(recording.steps)} steps, {sum(tally.states.values())} disks "
            f"{dict(sorted(tally.states.items()))}, {time.perf_counter() - started:.0f} s"
        )
        for name, found in (("corrupt", tally.corrupt), ("lost", tally.lost), ("half", tally.half)):
            print(f"  {name}: {len(found)}", *found[:3], sep="\n    ")
        kept = kept and (not tally.broken if synchronous == "full" else bool(tally.lost))
    return 0 if kept else 1


def fault_ca(points: int | None, broken: bool) -> int:
    started = time.perf_counter()
    done = 0

    def tell(_point: Point) -> None:
        nonlocal done
        done += 1
        if done % 100 == 0:
            print(f"{done} points, {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)

    tally = onslaught(points, broken, tell)
    for kind, count in sorted(tally.points.items()):
        print(f"{kind:7} {count:5} points")
    print(f"total   {sum(tally.points.values()):5} points in {time.perf_counter() - started:.0f} s")
    slow = [seconds for seconds in tally.recoveries if seconds > RECOVERY_LIMIT]
    if tally.recoveries:
        ordered = sorted(tally.recoveries)
        print(
            f"recovery after {len(ordered)} kills: p50 {ordered[len(ordered) // 2] * 1000:.0f} ms, "
            f"slowest {ordered[-1] * 1000:.0f} ms; over {RECOVERY_LIMIT:g} s: {len(slow)}"
        )
    print(f"promises broken: {len(tally.broken)}")
    for words in tally.broken[:40]:
        print(f"  {words}")
    if broken:
        return 0 if tally.broken else 1
    return 1 if tally.broken or slow else 0


def main() -> int:
    parser = argparse.ArgumentParser("tests.crash")
    parser.add_argument("what", nargs="?", choices=("ca", "window", "mail", "day", "store", "key"), default="ca")
    parser.add_argument("--kills", type=int, default=200, help="of the window")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--points", type=int, default=None, help="at most so many, spread evenly")
    parser.add_argument("--broken", action="store_true")
    parser.add_argument("--states", type=int, default=None, help="disks after a power cut, spread evenly")
    options = parser.parse_args()
    runs: dict[str, Callable[[], int]] = {
        "store": lambda: cut_store(options.states),
        "key": lambda: kill_key_change(options.points),
        "window": lambda: kill_windows(options.kills, options.seed),
        "day": kill_day,
        "mail": lambda: kill_mail(options.broken),
        "ca": lambda: fault_ca(options.points, options.broken),
    }
    return runs[options.what]()


if __name__ == "__main__":
    sys.exit(main())
