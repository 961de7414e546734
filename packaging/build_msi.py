"""The package for administrators: one .msi for all people of a PC, made by wixl from the same folder."""

from __future__ import annotations

import hashlib
import re
import struct
import uuid
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

import build_sources
from system import SetupFailed

if TYPE_CHECKING:
    from pathlib import Path

UPGRADE_CODE: Final = "6B0A5C1E-7C0C-4C1B-9C86-50C41B0F0A11"
"""Never changes: by it Windows Installer knows an older version of this program."""
_SPACE: Final = uuid.UUID(UPGRADE_CODE)
_STRING_POOL: Final = "\u4840\u3f3f\u4577\u446c\u3e6a\u44b2\u482f".encode("utf-16-le")
"""The stream `_StringPool`, its name packed as Windows Installer packs names."""
_UTF_8: Final = 65001
_SMALL: Final = 4096
_NAME: Final = "Sổ Chi bộ"
_SELF_TEST: Final = "Tự kiểm tra Sổ Chi bộ"
_TOO_OLD: Final = (
    "Máy này chưa chạy được Sổ Chi bộ: cần Windows 10 bản 1809 trở lên, loại 64 bit. "
    "Không có gì bị thay đổi. / "
    "Sổ Chi bộ needs 64-bit Windows 10, version 1809 or newer. Nothing was changed."
)
_NEWER: Final = "Máy này đã có bản mới hơn. Không có gì bị thay đổi. / A newer version is installed."


def plain(text: str) -> str:
    """Return a stand-in of as many bytes in plain letters, which `spelt` puts right again.

    libmsi, by which wixl writes, runs over its buffer at letters of three bytes.
    """
    letters = hashlib.sha256(text.encode()).hexdigest() * 10
    return f"X{letters}"[: len(text.encode())]


def spelt(msi: bytes) -> bytes:
    """Put the Vietnamese words where their stand-ins stand; none is longer, so nothing moves."""
    for text in (_NAME, _SELF_TEST, _TOO_OLD, _NEWER):
        stand_in = plain(text).encode()
        if stand_in not in msi:
            raise SetupFailed(f"The package does not hold the words “{text}”.")
        msi = msi.replace(stand_in, text.encode())
    return msi


def in_unicode(msi: bytes) -> bytes:
    """Say inside that the words are UTF-8, which wixl forgets: the first number of the table of strings."""
    entry = msi.find(_STRING_POOL)
    if entry < 0:
        raise SetupFailed("The package has no table of strings.")
    # A compound file: 128 bytes name each stream, its first sector at 116, its size at 120.
    first, size = struct.unpack_from("<II", msi, entry + 116)
    (power,) = struct.unpack_from("<H", msi, 30)
    if size < _SMALL:
        raise SetupFailed("The table of strings is smaller than any program's.")
    place = (first + 1) << power
    return msi[:place] + struct.pack("<H", _UTF_8) + msi[place + 2 :]


def build(program: Path, version: str, to: Path) -> Path:
    """Make the package; its folder is Program Files, its settings those of each person."""
    # wixl takes the places of files from where its description lies.
    source = program.parent / "sochibo.wxs"
    source.write_text(describe(program, version), "utf-8")
    made = to / f"SoChiBo-{version}.msi"
    build_sources.run("wixl", "-a", "x64", "-o", made, source)
    source.unlink()
    made.write_bytes(level(in_unicode(spelt(made.read_bytes())), version))
    return made


def level(msi: bytes, version: str) -> bytes:
    """Put a steady package code and the time of the commit where wixl puts a random one and the present."""
    code = str(uuid.uuid5(_SPACE, f"package {version}")).upper().encode()
    # Windows counts tenths of a microsecond since 1601.
    moment = ((int(build_sources.epoch()) + 11_644_473_600) * 10_000_000).to_bytes(8, "little")
    written = b"{" + code + b"}\0\0" + (b"@\0\0\0" + moment) * 2
    changed, count = re.subn(
        rb"\{[0-9A-F-]{36}\}\0\0(?:@\0\0\0.{8}){2}", lambda _: written, msi, flags=re.DOTALL
    )
    if count != 1:
        raise SetupFailed(f"The package holds {count} codes where one is expected.")
    return changed


def describe(program: Path, version: str) -> str:
    """Return the package's description, every file a component with an id that its place decides."""
    components: list[str] = []
    inside = "\n".join(_folder(program, program, components, version))
    references = "\n".join(f'      <ComponentRef Id="{each}"/>' for each in components)
    product = uuid.uuid5(_SPACE, f"product {version}")
    name = plain(_NAME)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{product}" Name="{name}" UpgradeCode="{UPGRADE_CODE}" Version="{version}" Language="1066"
      Codepage="65001" Manufacturer="{name}">
    <Package Description="{name} {version}" Manufacturer="{name}"
        InstallerVersion="500" Compressed="yes" InstallScope="perMachine" SummaryCodepage="65001"/>
    <MajorUpgrade DowngradeErrorMessage="{plain(_NEWER)}"/>
    <Condition Message="{plain(_TOO_OLD)}">Installed OR (VersionNT64 AND WINBUILD &gt;= 17763)</Condition>
    <Property Id="ARPNOMODIFY" Value="1"/>
    <Property Id="WINBUILD" Value="0">
      <RegistrySearch Id="Build" Root="HKLM" Key="SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
          Name="CurrentBuildNumber" Type="raw" Win64="yes"/>
    </Property>
    <Media Id="1" Cabinet="program.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="SoChiBo">
{inside}
        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder"/>
    </Directory>
    <Feature Id="Program" Title="{name}" Level="1">
{references}
    </Feature>
  </Product>
</Wix>
"""


def _folder(folder: Path, root: Path, components: list[str], version: str) -> list[str]:
    lines: list[str] = []
    for each in sorted(folder.iterdir()):
        # A newer version's file is another component, so that an upgrade never mixes two versions.
        place = each.relative_to(root).as_posix()
        name, source = uuid.uuid5(_SPACE, place).hex, f"{root.name}/{place}"
        if each.is_dir():
            lines += [
                f'<Directory Id="d{name}" Name={quoteattr(each.name)}>',
                *_folder(each, root, components, version),
                "</Directory>",
            ]
            continue
        guid = uuid.uuid5(_SPACE, f"{version} {place}")
        components.append(f"c{name}")
        lines += [
            f'<Component Id="c{name}" Guid="{guid}" Win64="yes">',
            f'<File Id="f{name}" Name={quoteattr(each.name)} KeyPath="yes" Source={quoteattr(source)}/>',
            *(_entries() if place == "sochibo.exe" else ()),
            "</Component>",
        ]
    return lines


_CLASSES: Final = "Software\\Classes\\"
_SHORTCUTS: Final = (("Menu", _NAME, ""), ("SelfTest", _SELF_TEST, ' Arguments="--self-test"'))


def _entries() -> list[str]:
    """Return the menu entries, and the registry values by which a double click on a book opens it."""
    values = {
        ".sochibo": "SoChiBo.Book",
        "SoChiBo.Book": plain(_NAME),
        "SoChiBo.Book\\DefaultIcon": "[INSTALLDIR]sochibo.exe,0",
        "SoChiBo.Book\\shell\\open\\command": '"[INSTALLDIR]sochibo.exe" "%1"',
    }
    return [
        *(
            f'<Shortcut Id="{name}" Directory="ProgramMenuFolder" Name="{plain(says)}"{words} '
            'Target="[INSTALLDIR]sochibo.exe" WorkingDirectory="INSTALLDIR"/>'
            for name, says, words in _SHORTCUTS
        ),
        *(
            f'<RegistryValue Root="HKLM" Key={quoteattr(_CLASSES + key)} Type="string" '
            f"Value={quoteattr(value)}/>"
            for key, value in values.items()
        ),
    ]
