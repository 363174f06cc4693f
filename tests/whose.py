"""Whose house it is in tests."""

from zoneinfo import ZoneInfo

from gis_dispatch.domain.deliveries import Issuer

ZONE = ZoneInfo("Asia/Pontianak")
ISSUER = Issuer("Kota Singkawang", "SIGAP 112", "000.8.3.3/07/IKP-B/2023")
