"""A real token in software: SoftHSM2 with a key, its certificate and a PIN."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Final

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from keys import ISSUED
from pkcs11.util.x509 import decode_x509_certificate

from sochibo.sealing import tokens
from sochibo.sealing.certificates import make_certificate, name_of

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.certificates import PrivateKey
    from sochibo.sealing.tokens import TokenCertificate

__all__ = ["LABEL", "PIN", "WRONG_PIN", "Token"]

LABEL: Final = "Thiết bị ký Thôn 4"
PIN: Final = "24681012"
WRONG_PIN: Final = "00000000"
PLACES: Final = (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm.so", "/usr/local/lib/softhsm/libsofthsm2.so",
)  # fmt: skip


class Token:
    """One token in a folder; with the variables set here the program finds it as it finds a real one."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, label: str = LABEL) -> None:
        program = which("softhsm2-util")
        self.driver = next((Path(place) for place in PLACES if Path(place).is_file()), Path())
        if program is None or not self.driver.is_file():
            pytest.skip("softhsm2 is not installed, so there is no token to sign with")
        store = folder / "softhsm"
        store.mkdir()
        settings = folder / "softhsm2.conf"
        settings.write_text(
            f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n"
        )
        patch.setenv("SOFTHSM2_CONF", str(settings))
        patch.setenv(tokens.DRIVER_VARIABLE, str(self.driver))
        self.label = label
        subprocess.run(
            [program, "--init-token", "--free", "--label", label, "--so-pin", "11223344", "--pin", PIN],
            check=True,
            capture_output=True,
        )
        self._program = program
        self._folder = folder

    def put(
        self, private: PrivateKey, *, unit: str, person: str = "Nguyễn Văn Mẫu", issued: datetime = ISSUED,
        organisation: str = "Chi bộ Thôn 4", key_id: str = "a1",
    ) -> TokenCertificate:  # fmt: skip
        """Put a key and its certificate on the token, as an authority hands it over; returns what is seen."""
        name = name_of(person, organisation, unit)
        certificate = make_certificate(name, private.public_key(), (name, private), issued)
        file = self._folder / "key.pem"
        file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        subprocess.run(
            [self._program, "--import", str(file), "--token", self.label, "--label", person, "--id", key_id,
             "--pin", PIN],
            check=True,
            capture_output=True,
        )  # fmt: skip
        loaded = pkcs11.lib(str(self.driver))
        loaded.reinitialize()
        with loaded.get_token(token_label=self.label).open(rw=True, user_pin=PIN) as opened:
            values = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
            values[pkcs11.Attribute.TOKEN] = True
            values[pkcs11.Attribute.ID] = bytes.fromhex(key_id)
            opened.create_object(values)
        return next(one for one in tokens.certificates() if one.reference.key_id == key_id)
