; The installer for one person, without administrator rights. Silent: setup.exe /S [/LANG=en] [/D=folder]
; Exit codes: 0 installed, 2 stopped by the person, 3 this Windows is too old, 4 a newer version is there,
; 5 the program is open, 6 a file could not be written.
Unicode true
Target ${STUB}
!if ${METHOD} == "none"
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave on
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user

!include MUI2.nsh
!include x64.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include FileFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\SoChiBo"
!define CLASSES "Software\Classes"
!define OLDEST_BUILD 17763

Name "Sổ Chi bộ"
BrandingText "Sổ Chi bộ ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\SoChiBo"
ShowInstDetails nevershow
ShowUninstDetails nevershow
AllowSkipFiles off

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1066 "ProductName" "Sổ Chi bộ"
VIAddVersionKey /LANG=1066 "FileDescription" "Bộ cài Sổ Chi bộ"
VIAddVersionKey /LANG=1066 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_FINISHPAGE_RUN "$INSTDIR\sochibo.exe"
!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME_TEXT)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(UNINSTALL_TEXT)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString WELCOME_TITLE ${LANG_VIETNAMESE} "Cài đặt Sổ Chi bộ ${VERSION}"
LangString WELCOME_TITLE ${LANG_ENGLISH} "Install Sổ Chi bộ ${VERSION}"
LangString WELCOME_TEXT ${LANG_VIETNAMESE} "Phần mềm được cài cho riêng người đang dùng máy này, không cần quyền quản trị và không cần mạng.$\r$\n$\r$\nNếu máy đã có bản cũ hơn, bản cũ được thay bằng bản này. Sổ của đồng chí và các thiết lập được giữ nguyên.$\r$\n$\r$\nHãy đóng Sổ Chi bộ nếu đang mở, rồi bấm Tiếp tục."
LangString WELCOME_TEXT ${LANG_ENGLISH} "The program is installed for the person who uses this PC now. It needs neither administrator rights nor a network.$\r$\n$\r$\nAn older version is replaced. Your books and settings stay as they are.$\r$\n$\r$\nPlease close Sổ Chi bộ if it is open, then go on."
LangString UNINSTALL_TEXT ${LANG_VIETNAMESE} "Phần mềm sẽ được gỡ khỏi máy. Các tệp sổ (*.sochibo) và bản sao lưu không bị đụng đến."
LangString UNINSTALL_TEXT ${LANG_ENGLISH} "The program is taken off this PC. Books (*.sochibo) and their backup copies are not touched."
; In both languages at once: what .onInit says comes before the choice of one, so in that of Windows otherwise.
!define TOO_OLD "Máy này chưa chạy được Sổ Chi bộ: cần Windows 10 bản 1809 trở lên, loại 64 bit.$\r$\n$\r$\nWindows 7, Windows 8 và Windows 32 bit không chạy được. Hãy nhờ người phụ trách máy tính nâng cấp, hoặc dùng một máy khác. Không có gì bị thay đổi trên máy này.$\r$\n$\r$\nSổ Chi bộ cannot run on this PC: it needs 64-bit Windows 10, version 1809 or newer.$\r$\n$\r$\nIt does not run on Windows 7, Windows 8 or 32-bit Windows. Nothing was changed."
!define NEWER "Máy này đã có bản mới hơn ($0). Bản cũ hơn (${VERSION}) không được cài đè lên, vì có thể không đọc được sổ đã dùng với bản mới. Không có gì bị thay đổi.$\r$\n$\r$\nA newer version ($0) is installed. The older one (${VERSION}) does not replace it, since it might not read books used with the newer one. Nothing was changed."
LangString OPEN_NOW ${LANG_VIETNAMESE} "Sổ Chi bộ đang mở. Hãy đóng phần mềm rồi bấm Thử lại."
LangString OPEN_NOW ${LANG_ENGLISH} "Sổ Chi bộ is open. Please close it, then try again."
LangString BOOK ${LANG_VIETNAMESE} "Sổ Chi bộ"
LangString BOOK ${LANG_ENGLISH} "Party cell book"
LangString SELF_TEST ${LANG_VIETNAMESE} "Tự kiểm tra Sổ Chi bộ"
LangString SELF_TEST ${LANG_ENGLISH} "Test Sổ Chi bộ"
LangString UPDATE ${LANG_VIETNAMESE} "Bản cập nhật Sổ Chi bộ"
LangString UPDATE ${LANG_ENGLISH} "Update of Sổ Chi bộ"

!macro REFUSE TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; The launcher of a running program cannot be replaced: ask until it is closed, or leave when silent.
!macro WAIT_UNTIL_CLOSED PREFIX
  ${PREFIX}again:
  IfFileExists "$INSTDIR\sochibo.exe" 0 ${PREFIX}closed
  ClearErrors
  Rename "$INSTDIR\sochibo.exe" "$INSTDIR\sochibo.old"
  IfErrors ${PREFIX}open
  Rename "$INSTDIR\sochibo.old" "$INSTDIR\sochibo.exe"
  ClearErrors
  FileOpen $1 "$INSTDIR\sochibo.exe" a
  IfErrors ${PREFIX}open
  FileClose $1
  Goto ${PREFIX}closed
  ${PREFIX}open:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN_NOW)" /SD IDCANCEL IDRETRY ${PREFIX}again
  SetErrorLevel 5
  Quit
  ${PREFIX}closed:
!macroend

; Removes the folders of versions but one. Only a folder with our own runtime inside is taken for one.
!macro REMOVE_VERSIONS PREFIX BUT
  FindFirst $1 $2 "$INSTDIR\*"
  ${PREFIX}next:
  StrCmp $2 "" ${PREFIX}done
  StrCmp $2 "." ${PREFIX}skip
  StrCmp $2 ".." ${PREFIX}skip
  StrCmp $2 "${BUT}" ${PREFIX}skip
  IfFileExists "$INSTDIR\$2\python3*._pth" 0 ${PREFIX}skip
  RMDir /r "$INSTDIR\$2"
  ${PREFIX}skip:
  FindNext $1 $2
  Goto ${PREFIX}next
  ${PREFIX}done:
  FindClose $1
  ; What an interrupted update left, called so by updating.py.
  RMDir /r "$INSTDIR\.update"
!macroend

Function .onInit
  StrCpy $LANGUAGE ${LANG_VIETNAMESE}
  ${GetParameters} $R0
  ${GetOptions} $R0 "/LANG=" $R1
  ${If} $R1 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  ${IfNot} ${RunningX64}
    !insertmacro REFUSE "${TOO_OLD}" 3
  ${EndIf}
  SetRegView 64
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST_BUILD}
    !insertmacro REFUSE "${TOO_OLD}" 3
  ${EndIf}
  ; A person who chose a folder once gets the newer version there too.
  ReadRegStr $0 HKCU "${KEY}" "InstallLocation"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
  ; What starts there, which an update file may have made newer than what was installed.
  StrCpy $0 ""
  ClearErrors
  FileOpen $1 "$INSTDIR\current" r
  ${IfNot} ${Errors}
    FileRead $1 $0
    FileClose $1
  ${EndIf}
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro REFUSE "${NEWER}" 4
    ${EndIf}
  ${EndIf}
  ${If} $R1 == ""
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
FunctionEnd

; A file could not be written: here, since a silent installer leaves the section at that file already.
Function .onInstFailed
  SetErrorLevel 6
FunctionEnd

Section
  !insertmacro WAIT_UNTIL_CLOSED install_
  SetOutPath "$INSTDIR"
  ClearErrors
  ; An interrupted installation of the same version is laid anew.
  RMDir /r "$INSTDIR\${VERSION}"
  File /r "${PROGRAM}\${VERSION}"
  File "${PROGRAM}\sochibo.exe"
  File "${PROGRAM}\sochibo-console.exe"
  IfErrors 0 written
    Abort
  written:
  ; Last of all: until this line the version before is the one that starts.
  File "${PROGRAM}\current"
  !insertmacro REMOVE_VERSIONS install_old_ "${VERSION}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS\Sổ Chi bộ"
  CreateShortcut "$SMPROGRAMS\Sổ Chi bộ\Sổ Chi bộ.lnk" "$INSTDIR\sochibo.exe"
  CreateShortcut "$SMPROGRAMS\Sổ Chi bộ\$(SELF_TEST).lnk" "$INSTDIR\sochibo.exe" "--self-test"
  CreateShortcut "$DESKTOP\Sổ Chi bộ.lnk" "$INSTDIR\sochibo.exe"

  SetRegView 64
  WriteRegStr HKCU "${CLASSES}\.sochibo" "" "SoChiBo.Book"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Book" "" "$(BOOK)"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Book\DefaultIcon" "" "$INSTDIR\sochibo.exe,0"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Book\shell\open\command" "" '"$INSTDIR\sochibo.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.sochibo-update" "" "SoChiBo.Update"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Update" "" "$(UPDATE)"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Update\DefaultIcon" "" "$INSTDIR\sochibo.exe,0"
  WriteRegStr HKCU "${CLASSES}\SoChiBo.Update\shell\open\command" "" '"$INSTDIR\sochibo.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "Sổ Chi bộ"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\sochibo.exe,0"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; Takes away exactly what was put there. A book, even one kept in this folder, is nobody's to remove.
Section Uninstall
  !insertmacro WAIT_UNTIL_CLOSED uninstall_
  !insertmacro REMOVE_VERSIONS uninstall_all_ ""
  Delete "$INSTDIR\sochibo.exe"
  Delete "$INSTDIR\sochibo-console.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Sổ Chi bộ\*.lnk"
  RMDir "$SMPROGRAMS\Sổ Chi bộ"
  Delete "$DESKTOP\Sổ Chi bộ.lnk"
  RMDir /r "$LOCALAPPDATA\SoChiBo\Cache"
  RMDir "$LOCALAPPDATA\SoChiBo"
  SetRegView 64
  DeleteRegKey HKCU "${CLASSES}\SoChiBo.Book"
  DeleteRegKey HKCU "${CLASSES}\SoChiBo.Update"
  ReadRegStr $0 HKCU "${CLASSES}\.sochibo" ""
  ${If} $0 == "SoChiBo.Book"
    DeleteRegKey HKCU "${CLASSES}\.sochibo"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\.sochibo-update"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
