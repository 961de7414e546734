"""The package for administrators: one .msi for all people of a PC, made by wixl from the same folder."""

from __future__ import annotations

import re
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
_NAME: Final = "So Chi bo"
"""Without marks, here alone: libmsi, by which wixl writes, runs over its buffer at letters of three bytes."""
_TOO_OLD: Final = (
    "May nay chua chay duoc So Chi bo: can Windows 10 ban 1809 tro len, loai 64 bit. / "
    "So Chi bo needs 64-bit Windows 10, version 1809 or newer."
)
_NEWER: Final = "May nay da co ban moi hon. / A newer version is installed."


def build(program: Path, version: str, to: Path) -> Path:
    """Make the package; its folder is Program Files, its settings those of each person."""
    # wixl takes the places of files from where its description lies.
    source = program.parent / "sochibo.wxs"
    source.write_text(describe(program, version), "utf-8")
    made = to / f"SoChiBo-{version}.msi"
    build_sources.run("wixl", "-a", "x64", "-o", made, source)
    source.unlink()
    made.write_bytes(level(made.read_bytes(), version))
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
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{product}" Name="{_NAME}" UpgradeCode="{UPGRADE_CODE}" Version="{version}" Language="1066"
      Codepage="65001" Manufacturer="{_NAME}">
    <Package Description="{_NAME} {version}" Manufacturer="{_NAME}"
        InstallerVersion="500" Compressed="yes" InstallScope="perMachine" SummaryCodepage="65001"/>
    <MajorUpgrade DowngradeErrorMessage={quoteattr(_NEWER)}/>
    <Condition Message={quoteattr(_TOO_OLD)}>Installed OR (VersionNT64 AND WINBUILD &gt;= 17763)</Condition>
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
    <Feature Id="Program" Title="{_NAME}" Level="1">
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
_SHORTCUT: Final = (
    '<Shortcut Id="Menu" Directory="ProgramMenuFolder" Name="So Chi bo" Target="[INSTALLDIR]sochibo.exe" '
    'WorkingDirectory="INSTALLDIR"/>'
)


def _entries() -> list[str]:
    """Return the menu entry, and the registry values by which a double click on a book opens it."""
    values = {
        ".sochibo": "SoChiBo.Book",
        "SoChiBo.Book": _NAME,
        "SoChiBo.Book\\DefaultIcon": "[INSTALLDIR]sochibo.exe,0",
        "SoChiBo.Book\\shell\\open\\command": '"[INSTALLDIR]sochibo.exe" "%1"',
    }
    return [
        _SHORTCUT,
        *(
            f'<RegistryValue Root="HKLM" Key={quoteattr(_CLASSES + key)} Type="string" '
            f"Value={quoteattr(value)}/>"
            for key, value in values.items()
        ),
    ]
