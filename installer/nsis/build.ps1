# Makes the program with PyInstaller on a Windows PC, and the setup program with NSIS: for offices that
# sign programs there. Needs CPython 3.11 x64 and NSIS 3; run from the checkout:
#
#   powershell -ExecutionPolicy Bypass -File installer\nsis\build.ps1 [-Certificate THUMBPRINT]
param([string]$Certificate = "", [string]$Python = "py -3.11", [string]$Nsis = "C:\Program Files (x86)\NSIS\makensis.exe")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked([string]$Program, [string[]]$Words) {
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

function Set-Signature([string[]]$Files) {
    if (-not $Certificate) { return }
    Invoke-Checked "signtool" (@("sign", "/sha1", $Certificate, "/fd", "sha256", "/d", "Xinfang") + $Files)
}

$version = ((Get-Content xinfang_desktop\__init__.py -Encoding UTF8) -match '__version__' -split '"')[1]
$numbers = (($version -split '[.~]' | Where-Object { $_ -match '^\d+$' }) + @("0", "0", "0"))[0..3] -join "."
$work = "build\windows-pc"
Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force "$work\root" | Out-Null

Invoke-Expression "$Python -m venv $work\venv"
$py = "$work\venv\Scripts\python.exe"
Invoke-Checked $py @("-m", "pip", "install", "--require-hashes", "-r", "requirements\installer.txt")

# The icon, drawn by the program's own Qt.
$env:QT_QPA_PLATFORM = "offscreen"
Invoke-Checked $py @("-c", "import sys; from PySide6.QtGui import QIcon; from PySide6.QtWidgets import QApplication; QApplication([]); assert QIcon(sys.argv[1]).pixmap(256, 256).save(sys.argv[2])", "resources\icons\xinfang.svg", "$work\xinfang.ico")
$env:XINFANG_ICON = Resolve-Path "$work\xinfang.ico"
$env:PYTHONHASHSEED = "0"
Invoke-Checked $py @("-m", "PyInstaller", "--noconfirm", "--distpath", "$work\made", "--workpath", "$work\parts", "installer\xinfang.spec")
Move-Item "$work\made\xinfang" "$work\root\$version"
$schema = & $py -c "from xinfang_desktop.store.migrations import LATEST; print(LATEST)"
Set-Content "$work\root\$version\schema" $schema -Encoding Ascii
Set-Content "$work\root\current" $version -Encoding Ascii

# The starters that choose the version were made on Linux (make installer-windows) and lie in dist.
foreach ($name in "xinfang.exe", "xinfang-cmd.exe") {
    Copy-Item "build\windows\$version\root\$name" "$work\root\$name"
}
Set-Signature (Get-ChildItem "$work\root" -Recurse -Filter "xinfang*.exe" | ForEach-Object FullName)
$setup = "dist\xinfang-desktop-$version-windows-x64-pc-setup.exe"
New-Item -ItemType Directory -Force dist | Out-Null
Invoke-Checked $Nsis @("-INPUTCHARSET", "UTF8", "-DOUTFILE=$(Join-Path (Get-Location) $setup)", "-DVERSION=$version", "-DNUMBERS=$numbers", "-DICON=$env:XINFANG_ICON", "-DTREE=$(Resolve-Path "$work\root")", "installer\nsis\setup.nsi")
Set-Signature @($setup)
Write-Output $setup
