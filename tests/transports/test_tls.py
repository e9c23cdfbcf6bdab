"""Is a line to or from this node private by a protocol that still holds?"""

import ssl
from pathlib import Path

import uvicorn

from baken.formats.toml_table import TomlTable
from baken.transports.settings import Settings


def test_nothing_older_than_tls_1_2_is_spoken_and_certificates_are_asked_for(tmp_path: Path) -> None:
    out = Settings(table=TomlTable("", {}), home=tmp_path, environment={}).certificates()
    door = ssl.SSLContext(uvicorn.Config("any:app").ssl_version)
    assert min(out.minimum_version, door.minimum_version) >= ssl.TLSVersion.TLSv1_2
    assert (out.verify_mode, out.check_hostname) == (ssl.CERT_REQUIRED, True)
