; The setup program for Windows: for one user, without an administrator, silent with /S.
;   /S            no window       /D=FOLDER     where to (last on the line, no quotes)
;   /NODESKTOP    no entry on the desktop
; The uninstaller, too, is silent with /S. Neither touches the data.
Target amd64-unicode
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define TITLE "信访案头"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\xinfang"

Var selftest
Var before
Var with_entry

Name "${TITLE}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\xinfang"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave on
ManifestDPIAware true
BrandingText "${TITLE} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "xinfang-desktop authors"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\xinfang.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开信访案头"
!define MUI_FINISHPAGE_TEXT "$selftest"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  StrCpy $selftest "信访案头已装好。"
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "信访案头要用64位的Windows，没有安装。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "信访案头要用Windows 10（1809）或更新的系统，没有安装。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $1
  ${If} ${Errors}
    StrCpy $with_entry "yes"
  ${EndIf}
FunctionEnd

; The first line of a small file, into $0.
!macro FIRST_WORD FILE
  StrCpy $0 ""
  ClearErrors
  FileOpen $1 "${FILE}" r
  ${IfNot} ${Errors}
    FileRead $1 $0 64
    FileClose $1
    ${Do}
      StrCpy $2 $0 1 -1
      ${If} $2 == "$\r"
      ${OrIf} $2 == "$\n"
      ${OrIf} $2 == " "
        StrCpy $0 $0 -1
      ${Else}
        ${Break}
      ${EndIf}
    ${Loop}
  ${EndIf}
!macroend

Section
  SetOutPath "$INSTDIR"
  ; A version that is running cannot be written over; another one can be put beside it.
  !insertmacro FIRST_WORD "$INSTDIR\current"
  StrCpy $before $0
  ${If} $before == "${VERSION}"
    ClearErrors
    Delete "$INSTDIR\${VERSION}\xinfang.exe"
    ${If} ${Errors}
      MessageBox MB_ICONSTOP|MB_OK "信访案头正开着，没有安装。请先关闭它，再安装。" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
    RMDir /r "$INSTDIR\${VERSION}"
    !insertmacro FIRST_WORD "$INSTDIR\previous"
    StrCpy $before $0
  ${EndIf}

  File /r "${TREE}\${VERSION}"
  File "${TREE}\xinfang.exe"
  File "${TREE}\xinfang-cmd.exe"
  File "${TREE}\current"
  ${If} $before != ""
    FileOpen $1 "$INSTDIR\previous" w
    FileWrite $1 "$before$\n"
    FileClose $1
  ${EndIf}
  Call TakeAwayOlder
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\xinfang.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}\打开上一版程序.lnk" "$INSTDIR\xinfang.exe" "--previous"
  CreateShortcut "$SMPROGRAMS\${TITLE}\卸载信访案头（数据保留）.lnk" "$INSTDIR\uninstall.exe"
  ${If} $with_entry == "yes"
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\xinfang.exe"
  ${EndIf}

  WriteRegStr HKCU "${KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\xinfang.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "xinfang-desktop authors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"

  DetailPrint "正在自检……"
  nsExec::ExecToLog '"$INSTDIR\xinfang-cmd.exe" selftest --to "$INSTDIR\selftest.txt"'
  Pop $0
  ${If} $0 == 0
    StrCpy $selftest "信访案头 ${VERSION} 已装好，自检全部正常。"
  ${Else}
    StrCpy $selftest "信访案头 ${VERSION} 已装好，但自检有不正常的地方。请打开程序，在「帮助 · 自检」里再检一遍，把报告交给维护人员。"
    SetErrorLevel 1
  ${EndIf}
SectionEnd

; Keep the version installed now and the one before; older ones go.
Function TakeAwayOlder
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIf} $2 != "${VERSION}"
    ${AndIf} $2 != "$before"
    ${AndIf} ${FileExists} "$INSTDIR\$2\schema"
      RMDir /r "$INSTDIR\$2"
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
FunctionEnd

Section "Uninstall"
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIf} ${FileExists} "$INSTDIR\$2\schema"
      ClearErrors
      Delete "$INSTDIR\$2\xinfang.exe"
      ${If} ${Errors}
        MessageBox MB_ICONSTOP|MB_OK "信访案头正开着，没有卸载。请先关闭它。" /SD IDOK
        SetErrorLevel 3
        Quit
      ${EndIf}
      RMDir /r "$INSTDIR\$2"
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
  Delete "$INSTDIR\xinfang.exe"
  Delete "$INSTDIR\xinfang-cmd.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\selftest.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\${TITLE}"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
