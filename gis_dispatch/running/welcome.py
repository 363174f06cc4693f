"""What the screen says when everything runs: where, who may sign in, on which roads."""

from gis_dispatch.running.progress import Progress
from gis_dispatch.running.starting import Started
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.settings import Settings

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def show(settings: Settings, started: Started, progress: Progress) -> None:
    """The address, the roads and the sign-ins that were made here."""
    say = progress.say
    say()
    say(f"  {settings.service_name}, {settings.city}: {settings.address}")
    say(f"  Ready after {progress.elapsed_s():.0f} s. Ctrl-C stops everything.")
    say()
    if started.sample:
        say("  SAMPLE CITY: these are not your roads, and every station and unit is made up.")
        say('  Your own: script/cli roads import --place "Your city, Your country", or a file.')
    say(f"  Roads: {started.roads}")
    for note in started.notes:
        say(f"  {note}")
    _show_sign_ins(started.sign_ins, settings, progress)
    if started.simulate:
        say("  The simulator drives sample units and takes sample calls.")
    if settings.host not in LOOPBACK and not settings.secure_cookies:
        say("  Others can reach this address, and nothing is encrypted: put a TLS proxy in front")
        say("  of it and set GIS_DISPATCH_SECURE_COOKIES=1 before real use.")
    say(f"  Logs are in {settings.home / 'logs'}")


def _show_sign_ins(sign_ins: tuple[SignIn, ...], settings: Settings, progress: Progress) -> None:
    progress.say()
    if not sign_ins:
        progress.say("  The passwords made at the first start have all been changed.")
    else:
        progress.say(f"  {'Sign in as':<24}{'user name':<14}password")
    for one in sign_ins:
        whose = one.unit_call_sign or one.agency_code
        role = one.role.replace("_", " ") + (f" ({whose})" if whose else "")
        progress.say(f"  {role:<24}{one.username:<14}{one.password}")
    if sign_ins:
        progress.say(f"  Made for this installation, kept in {settings.home / 'sign_ins.json'}")
    progress.say()
