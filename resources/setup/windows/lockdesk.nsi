; The installer: makensis -DVERSION=… -DFOLDER=(the built folder) -DOUT=… lockdesk.nsi
; For one user, without an administrator. Data lies elsewhere and is never touched, by the uninstaller either.
Unicode true
Target amd64-unicode
Name "LockDesk"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\LockDesk"
InstallDirRegKey HKCU "Software\LockDesk" "InstallDir"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; so that what both programs hold is packed once
Icon "${ICON}"
UninstallIcon "${ICON}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "LockDesk"
VIAddVersionKey FileDescription "LockDesk"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright ""
LoadLanguageFile "${NSISDIR}\Contrib\Language files\Indonesian.nlf"
!define REMOVE "Software\Microsoft\Windows\CurrentVersion\Uninstall\LockDesk"
!define CLASSES "Software\Classes"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; A running program cannot be replaced: nothing is half installed.
!macro REQUIRE_CLOSED
  IfFileExists "$INSTDIR\lockdesk.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\lockdesk.exe" a
  IfErrors 0 free
  SetErrorLevel 5
  MessageBox MB_OK|MB_ICONEXCLAMATION "LockDesk masih terbuka. Tutup jendelanya, lalu ulangi." /SD IDOK
  Quit
free:
  FileClose $0
closed:
!macroend

!macro FILE_TYPE ending progid words
  WriteRegStr HKCU "${CLASSES}\${progid}" "" "${words}"
  WriteRegStr HKCU "${CLASSES}\${progid}\DefaultIcon" "" "$INSTDIR\lockdesk.exe,0"
  WriteRegStr HKCU "${CLASSES}\${progid}\shell\open\command" "" '"$INSTDIR\lockdesk.exe" open "%1"'
  ; Offered under "Open with": whoever reads mail with another program goes on doing so.
  WriteRegStr HKCU "${CLASSES}\${ending}\OpenWithProgids" "${progid}" ""
!macroend

!macro NO_FILE_TYPE ending progid
  DeleteRegKey HKCU "${CLASSES}\${progid}"
  DeleteRegValue HKCU "${CLASSES}\${ending}\OpenWithProgids" "${progid}"
!macroend

Section
  !insertmacro REQUIRE_CLOSED
  RMDir /r "$INSTDIR\_internal" ; what an older version had and this one has not
  SetOutPath "$INSTDIR"
  ; The sealed reader runs in an AppContainer, which reads only what is given to all of them (S-1-15-2-1). What is put
  ; into the folder from now on inherits that; nothing but the program lies there.
  nsExec::Exec 'icacls "$INSTDIR" /grant "*S-1-15-2-1:(OI)(CI)(RX)"'
  Pop $0
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\LockDesk.lnk" "$INSTDIR\lockdesk.exe"
  WriteRegStr HKCU "Software\LockDesk" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE}" "DisplayName" "LockDesk"
  WriteRegStr HKCU "${REMOVE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVE}" "DisplayIcon" "$INSTDIR\lockdesk.exe,0"
  WriteRegStr HKCU "${REMOVE}" "Publisher" "Dinas Komunikasi dan Informatika Kota Pekalongan"
  WriteRegStr HKCU "${REMOVE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${REMOVE}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVE}" "NoRepair" 1
  !insertmacro FILE_TYPE ".eml" "LockDesk.eml" "Permohonan lewat e-mail"
  !insertmacro FILE_TYPE ".msg" "LockDesk.msg" "Permohonan lewat Outlook"
  !insertmacro FILE_TYPE ".csr" "LockDesk.csr" "Permintaan sertifikat (CSR)"
  System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  !insertmacro REQUIRE_CLOSED
  !insertmacro NO_FILE_TYPE ".eml" "LockDesk.eml"
  !insertmacro NO_FILE_TYPE ".msg" "LockDesk.msg"
  !insertmacro NO_FILE_TYPE ".csr" "LockDesk.csr"
  DeleteRegKey HKCU "${REMOVE}"
  DeleteRegKey HKCU "Software\LockDesk"
  Delete "$SMPROGRAMS\LockDesk.lnk"
  ; Only what was installed: somebody may have chosen a folder that holds more.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\lockdesk.exe"
  Delete "$INSTDIR\lockdesk-cli.exe"
  Delete "$INSTDIR\bill.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'
SectionEnd
