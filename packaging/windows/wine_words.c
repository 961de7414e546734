/* Prints what the dialogs on the screen say, each control on a line of its own, in UTF-8, and presses OK: for
 * checks of installers under wine; never shipped. Ends with 1 where there is no dialog.
 */
#define UNICODE
#define _UNICODE
#include <windows.h>
#include <stdio.h>

static int found;

static BOOL CALLBACK tell(HWND window, LPARAM unused)
{
    wchar_t text[4096];
    char told[16384];
    (void)unused;
    if (GetWindowTextW(window, text, 4096) > 0) {
        WideCharToMultiByte(CP_UTF8, 0, text, -1, told, sizeof told, NULL, NULL);
        puts(told);
    }
    return TRUE;
}

static BOOL CALLBACK look(HWND window, LPARAM unused)
{
    wchar_t kind[64];
    (void)unused;
    if (!IsWindowVisible(window) || !GetClassNameW(window, kind, 64) || lstrcmpW(kind, L"#32770") != 0)
        return TRUE;
    found++;
    tell(window, 0);
    EnumChildWindows(window, tell, 0);
    PostMessageW(window, WM_COMMAND, IDOK, 0);
    return TRUE;
}

int main(void)
{
    EnumWindows(look, 0);
    return found ? 0 : 1;
}
