; Inno Setup 6.3 or later. Installs the frozen folder for the current user, without administrator rights.
; Untested: written on Linux, never compiled. See build/windows/README.md.

#define Folder "..\..\dist\rbc-desktop"
#define Program "rbc-desktop.exe"
; The version of the program's own version resource, which comes from pyproject.toml.
#define Version GetStringFileInfo(Folder + "\" + Program, "ProductVersion")

[Setup]
; Identifies the program to later versions of this installer. Never change it.
AppId={{6E0B3C52-6C4B-4B0E-9A39-2F6C1C7F5D18}
AppName=RBC Desktop
AppVersion={#Version}
AppPublisher=RBC Desktop contributors
DefaultDirName={autopf}\RBC Desktop
DefaultGroupName=RBC Desktop
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
LicenseFile=..\..\LICENSE
InfoBeforeFile=research-use.txt
OutputDir=..\..\dist
OutputBaseFilename=rbc-desktop-{#Version}-setup
SetupIconFile=..\icons\rbc-desktop.ico
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName=RBC Desktop
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not stay beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "..\icons\case.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\RBC Desktop"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\RBC Desktop"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.rbc"; ValueType: string; ValueData: "RbcDesktop.Case"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.rbc\OpenWithProgids"; ValueType: string; ValueName: "RbcDesktop.Case"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\RbcDesktop.Case"; ValueType: string; ValueData: "Red cell case"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\RbcDesktop.Case\DefaultIcon"; ValueType: string; ValueData: "{app}\case.ico"
Root: HKA; Subkey: "Software\Classes\RbcDesktop.Case\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,RBC Desktop}"; Flags: nowait postinstall skipifsilent
