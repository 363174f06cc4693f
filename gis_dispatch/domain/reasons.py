"""Every reason we give for a choice, in Indonesian and English, in one table.

Reasons are kept with the recommendation they belong to, so both languages are written at once.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from gis_dispatch.domain.words import WORDS


class Both(NamedTuple):
    """The same words in both languages."""

    id: str
    en: str


Reason = Both

REASONS: dict[str, Both] = {
    # why here
    "nearest": Both(
        "Terdekat lewat jalan: {total} ({length}).", "Nearest by road: {total} ({length})."
    ),
    "only": Both(
        "Satu-satunya unit yang dapat ke sana: {total} ({length}).",
        "The only unit that can get there: {total} ({length}).",
    ),
    "later": Both(
        "{total} ({length}), {later} lebih lambat dari {first}.",
        "{total} ({length}), {later} later than {first}.",
    ),
    "as_fast": Both(
        "{total} ({length}), sama cepat dengan {first}.", "{total} ({length}), as fast as {first}."
    ),
    "nearer_but_later": Both(
        "{unit} {nearer} lebih dekat secara garis lurus, tetapi {later} lebih lambat.",
        "{unit} is {nearer} nearer in a straight line but {later} later.",
    ),
    "nearer_but_closed": Both(
        "{unit} {nearer} lebih dekat secara garis lurus, tetapi {later} lebih lambat: {closure}.",
        "{unit} is {nearer} nearer in a straight line but {later} later: {closure}.",
    ),
    "goes_around": Both(
        "Lebih lama {cost} karena {closure}.", "Takes {cost} longer because {closure}."
    ),
    "position_old": Both("Posisi {age} yang lalu.", "Position {age} old."),
    "from_station": Both(
        "Dihitung dari {station}: tidak ada posisi terbaru.",
        "Runs from {station}: no recent position.",
    ),
    "walk": Both(
        "{gap} terakhir tanpa jalan untuk kendaraan.", "The last {gap} have no road to drive."
    ),
    "start_gap": Both(
        "Posisi unit {gap} dari jalan terdekat.", "The unit is {gap} from the nearest road."
    ),
    "foot": Both(
        "Bagian terakhir {gap} di dalam penutupan ditempuh jalan kaki: {time}.",
        "The last {gap} lie inside a closure and are walked: {time}.",
    ),
    "foot_in": Both(
        "Bagian terakhir {gap} di dalam penutupan ({closure}) ditempuh jalan kaki: {time}.",
        "The last {gap} lie inside a closure ({closure}) and are walked: {time}.",
    ),
    # why not
    "other_agency": Both(
        "Milik instansi lain ({agency}).", "Belongs to another agency ({agency})."
    ),
    "busy": Both(
        "Sedang bertugas di kejadian {incident} ({status}).",
        "Busy on incident {incident} ({status}).",
    ),
    "off_duty": Both("Sedang tidak bertugas.", "Off duty."),
    "out_of_service": Both("Tidak dapat dipakai: {reason}.", "Out of service: {reason}."),
    "incomplete": Both("Belum lengkap: {missing}.", "Not complete: {missing}."),
    "lacks_capability": Both(
        "Tidak punya kemampuan yang diminta: {missing}.", "Lacks what is asked for: {missing}."
    ),
    "other_profile": Both(
        "Jenis kendaraan lain ({profile}).", "Another kind of vehicle ({profile})."
    ),
    "cut_off_by_closures": Both("Terputus oleh penutupan jalan.", "Cut off by road closures."),
    "cut_off_by": Both("Terputus: {closure}.", "Cut off: {closure}."),
    "inside_closure": Both(
        "Unit berada di jalan yang ditutup dan tidak dapat keluar.",
        "Stands on a closed road and cannot leave it.",
    ),
    "inside": Both(
        "Unit berada di dalam penutupan dan tidak dapat keluar: {closure}.",
        "Stands inside a closure and cannot leave it: {closure}.",
    ),
    "no_profile": Both(
        "Profil kendaraannya sudah tidak ada.", "Its vehicle profile is no longer there."
    ),
    "no_road_near_unit": Both(
        "Tidak ada jalan di dekat posisi unit.", "No road near the unit's position."
    ),
    "no_road_near_incident": Both(
        "Tidak ada jalan di dekat lokasi kejadian.", "No road near the incident."
    ),
    "no_way": Both(
        "Tidak ada jalan yang menghubungkan untuk kendaraan ini.",
        "No road leads there for this vehicle.",
    ),
    "no_place": Both(
        "Tidak ada posisi dan tidak ada pos.", "No position and no station: nobody knows where."
    ),
    "further_away": Both(
        "Bisa, tetapi baru urutan {rank}: {total}.", "Able, but only number {rank}: {total}."
    ),
    # what if, and why not that one
    "without": Both(
        "Andai bukan karena {closure}: urutan {rank}, {total} ({saved} lebih cepat).",
        "Were it not that {closure}: number {rank}, {total} ({saved} sooner).",
    ),
    "without_it_could": Both(
        "Andai bukan karena {closure}: dapat ke sana, urutan {rank}, {total}.",
        "Were it not that {closure}: it could get there, number {rank}, {total}.",
    ),
    "without_only_rank": Both(
        "Andai bukan karena {closure}: urutan {rank}, waktunya tetap {total}.",
        "Were it not that {closure}: number {rank}, still {total}.",
    ),
    "without_same": Both(
        "Andai bukan karena {closure}: tetap urutan {rank}, {total}.",
        "Were it not that {closure}: still number {rank}, {total}.",
    ),
    "would_be": Both(
        "Andai dapat dikirim: urutan {rank}, {total}.",
        "Could it be sent: number {rank}, {total}.",
    ),
    "not_tried": Both(
        "{number} penutupan lain tidak diperiksa satu per satu.",
        "{number} other closures were not tried one by one.",
    ),
    "nearer_because": Both(
        "{unit} {nearer} lebih dekat secara garis lurus, tetapi {later} lebih lambat: {why}.",
        "{unit} is {nearer} nearer in a straight line but {later} later: {why}.",
    ),
    "as_soon": Both(
        "{unit} {nearer} lebih dekat secara garis lurus, tetapi tidak lebih cepat.",
        "{unit} is {nearer} nearer in a straight line but not sooner.",
    ),
    "later_turnout": Both("berangkat {time} lebih lama", "takes {time} longer to turn out"),
    "later_on_foot": Both("berjalan kaki {time} lebih lama", "walks {time} longer"),
    "longer_way": Both("jalannya {length} lebih panjang", "its way is {length} longer"),
    "slower_roads": Both("jalannya {time} lebih lambat", "its roads are {time} slower"),
    # the best set for a plan
    "too_few": Both(
        "Kurang {number} unit {agency} untuk rencana ini: {capability}.",
        "{number} more of {agency} wanted by the plan: {capability}.",
    ),
    "found_of_wanted": Both(
        "{found} dari {wanted} unit {agency} ({capability}): tidak ada lagi yang dapat dikirim.",
        "{found} of {wanted} units of {agency} ({capability}): no other can be sent.",
    ),
    # what sending leaves behind
    "leaves_nothing": Both(
        "Semua kelurahan tetap dalam standar.", "Every village stays within the standard."
    ),
    "leaves": Both(
        "Keluar dari standar: {villages}.", "These fall out of the standard: {villages}."
    ),
    "move_up": Both("Geser {unit} ke {station}: {time}.", "Move {unit} to {station}: {time}."),
    "restores": Both("Itu memulihkan {villages}.", "That restores {villages}."),
    "stays_open": Both("Tetap terbuka: {villages}.", "These stay open: {villages}."),
    "plan_name": Both("{kind} · {priority} · {place}", "{kind} · {priority} · {place}"),
    "everywhere": Both("seluruh kota", "the whole city"),
    "every_priority": Both("setiap prioritas", "every priority"),
    "plan_none": Both(
        "Tidak ada rencana respons untuk jenis ini.", "There is no response plan for this kind."
    ),
    "plan_only": Both("Rencana: {plan}.", "Plan: {plan}."),
    "plan_by_kind": Both(
        "Rencana: {plan}. Lebih khusus dalam jenis daripada {other}.",
        "Plan: {plan}. More specific in kind than {other}.",
    ),
    "plan_by_place": Both(
        "Rencana: {plan}. Lebih khusus dalam tempat daripada {other}.",
        "Plan: {plan}. More specific in place than {other}.",
    ),
    "plan_by_priority": Both(
        "Rencana: {plan}. Lebih khusus dalam prioritas daripada {other}.",
        "Plan: {plan}. More specific in priority than {other}.",
    ),
    "any_unit": Both("unit apa pun", "any unit"),
    # parts of sentences
    "closed": Both(
        "{street} ditutup sejak {since} ({reason})", "{street} closed since {since} ({reason})"
    ),
    "slowed": Both(
        "{street} diperlambat sejak {since} ({reason})", "{street} slowed since {since} ({reason})"
    ),
    "some_road": Both("jalan tanpa nama", "an unnamed road"),
    # is it the same incident?
    "like_same": Both(
        "Jenis sama, {distance} dari sini, {age} yang lalu.",
        "Same kind, {distance} away, {age} ago.",
    ),
    "like_related": Both(
        "Jenis serumpun, {distance} dari sini, {age} yang lalu.",
        "Related kind, {distance} away, {age} ago.",
    ),
    "like_unknown": Both("{distance} dari sini, {age} yang lalu.", "{distance} away, {age} ago."),
    "like_other": Both(
        "Jenis lain, {distance} dari sini, {age} yang lalu.",
        "Another kind, {distance} away, {age} ago.",
    ),
}

STATUS_ID = {
    "dispatched": "dikirim",
    "acknowledged": "menerima tugas",
    "en_route": "menuju lokasi",
    "on_scene": "di lokasi",
    "transporting": "mengantar pasien",
    "at_hospital": "di rumah sakit",
}


def sentence(code: str, **fields: object) -> Both:
    """A reason in both languages; a field that is `Both` is put in by language."""
    return filled(REASONS[code], fields)


def filled(template: Both, fields: Mapping[str, object]) -> Both:
    """A sentence with its fields put in, each in its language."""
    in_id, in_en = dict(fields), dict(fields)
    for name, value in in_en.items():
        if isinstance(value, Both):
            in_id[name], in_en[name] = value
    return Both(template.id.format_map(in_id), template.en.format_map(in_en))


def joined(reasons: Iterable[Both]) -> Both:
    """Several sentences as one text."""
    parts = list(reasons)
    if len(parts) == 1:
        return parts[0]
    return Both(" ".join(part.id for part in parts), " ".join(part.en for part in parts))


def listed(parts: Iterable[Both]) -> Both:
    """Parts of a sentence, one after the other."""
    every = list(parts)
    return Both("; ".join(part.id for part in every), "; ".join(part.en for part in every))


def status(code: str) -> Both:
    """What a unit is doing."""
    return Both(STATUS_ID.get(code, code), WORDS.get(code, code))


def duration(seconds: float) -> Both:
    """Seconds below a minute and a half, then minutes, then hours."""
    whole = round(seconds)
    return _seconds(whole) if whole < 90 else _minutes(round(seconds / 60))


@lru_cache
def _seconds(whole: int) -> Both:
    return Both(f"{whole} detik", f"{whole} s")


@lru_cache(maxsize=1024)
def _minutes(whole: int) -> Both:
    if whole < 120:
        return Both(f"{whole} menit", f"{whole} min")
    return Both(f"{whole // 60} jam {whole % 60} menit", f"{whole // 60} h {whole % 60} min")


def distance(metres: float) -> Both:
    """Metres below a kilometre, rounded to ten; then kilometres."""
    if metres < 950:
        return _metres(max(10, round(metres / 10) * 10))
    return _kilometres(f"{metres / 1000:.1f}")


@lru_cache
def _metres(rounded: int) -> Both:
    return Both(f"{rounded} m", f"{rounded} m")


@lru_cache(maxsize=1024)
def _kilometres(written: str) -> Both:
    return Both(f"{written.replace('.', ',')} km", f"{written} km")
