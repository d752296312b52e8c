<#
.SYNOPSIS
Keeps the classroom's screen open in Edge or Chrome on Windows: full screen, with its cameras and its slides, and again after every crash.
.EXAMPLE
.\classroom-kiosk.ps1 -Server https://classroom.school.example
.EXAMPLE
.\classroom-kiosk.ps1 -Server https://classroom.school.example -InstallPolicy    # as administrator, once
.PARAMETER Source
Title of the window or screen that is shared as courseware.
#>
param(
    [Parameter(Mandatory)] [string] $Server,
    [string] $Source = 'Entire screen',
    [string] $Browser,
    [string] $UserDataFolder = "$env:LOCALAPPDATA\ClassroomKiosk",
    [switch] $InstallPolicy
)

$ErrorActionPreference = 'Stop'
$Server = $Server.TrimEnd('/')

# The same as install-policy.sh, in the registry: lists are keys with numbered values.
function Set-Policy {
    $policy = Get-Content "$PSScriptRoot\policy.json" -Raw | ConvertFrom-Json
    foreach ($root in 'HKLM:\SOFTWARE\Policies\Google\Chrome', 'HKLM:\SOFTWARE\Policies\Microsoft\Edge') {
        New-Item $root -Force | Out-Null
        foreach ($entry in $policy.PSObject.Properties) {
            if ($entry.Value -is [array]) {
                $key = "$root\$($entry.Name)"
                New-Item $key -Force | Out-Null
                Set-ItemProperty $key -Name '1' -Value ($entry.Value[0] -replace 'SERVER', $Server)
            }
            else {
                Set-ItemProperty $root -Name $entry.Name -Value ([int]$entry.Value) -Type DWord
            }
        }
    }
}

function Find-Browser {
    $places = @(
        $Browser
        "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe"
        "$env:ProgramFiles\Microsoft\Edge\Application\msedge.exe"
        "$env:ProgramFiles\Google\Chrome\Application\chrome.exe"
    )
    $found = $places | Where-Object { $_ -and (Test-Path $_) } | Select-Object -First 1
    if (-not $found) { throw 'Neither Edge nor Chrome was found; name one with -Browser.' }
    $found
}

if ($InstallPolicy) {
    Set-Policy
    return
}

$program = Find-Browser
$flags = Get-Content "$PSScriptRoot\flags.txt" | Where-Object { $_ -and -not $_.StartsWith('#') }
$arguments = $flags + @("--user-data-dir=`"$UserDataFolder`"", "--auto-select-desktop-capture-source=`"$Source`"", "$Server/station?kiosk=1")
$pause = 1
while ($true) {
    $started = Get-Date
    Start-Process $program -ArgumentList $arguments -Wait
    # A browser that does not start must not be started a hundred times a second.
    $pause = if (((Get-Date) - $started).TotalSeconds -ge 10) { 1 } else { [Math]::Min(30, $pause * 2) }
    Start-Sleep -Seconds $pause
}
