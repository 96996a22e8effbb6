# Set up what is missing, then start the desk on a sample village (Windows 10/11, PowerShell 5 or later).
#   run.ps1          start the desk
#   run.ps1 -Test    run every check instead; further arguments go to pytest
param([switch]$Test, [Parameter(ValueFromRemainingArguments = $true)][string[]]$Rest = @())

$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with $LASTEXITCODE" }
}

function Get-LockHash([string]$Path) { (Get-FileHash -Algorithm SHA256 $Path).Hash }

$runtime = 'installers\requirements.lock'
$development = 'installers\requirements-dev.lock'
$lock = if ($Test) { $development } else { $runtime }
$python = '.venv\Scripts\python.exe'
# The stamp holds the hash of each lock that .venv satisfies; the development lock contains the other one.
$stamp = '.venv\.installed-locks'
$installed = if (Test-Path $stamp) { @(Get-Content $stamp) } else { @() }
if ($installed -notcontains (Get-LockHash $lock)) {
    if (-not (Test-Path $python)) { Invoke-Checked 'py' @('-3.11', '-m', 'venv', '.venv') }
    Write-Output "Installing the dependencies of $lock into .venv"
    Invoke-Checked $python @('-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--requirement', $lock)
    $hashes = @(Get-LockHash $runtime)
    if ($Test) { $hashes += Get-LockHash $lock }
    Set-Content $stamp $hashes
}

if ($Test) {
    $env:QT_QPA_PLATFORM = 'offscreen'
    Invoke-Checked '.venv\Scripts\ruff.exe' @('check', '.')
    Invoke-Checked '.venv\Scripts\ruff.exe' @('format', '--check', '.')
    Invoke-Checked '.venv\Scripts\mypy.exe' @()
    Invoke-Checked '.venv\Scripts\lint-imports.exe' @('--no-logo')
    Invoke-Checked '.venv\Scripts\pytest.exe' (@('-n', '2') + $Rest)
    return
}

if (-not (Test-Path 'build\demo\summary.json')) {
    Invoke-Checked $python @('-m', 'village_desk', 'demo', '--out', 'build\demo')
}
$file = Get-ChildItem 'build\demo\village' -Filter '*.vdesk' | Sort-Object Name | Select-Object -First 1
Write-Output "Sample village: $($file.FullName) (its password stands in build\demo\summary.json)"
& $python -m village_desk $file.FullName
