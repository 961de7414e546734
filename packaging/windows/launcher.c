/* Starts the version of Sổ Chi bộ that the file `current` names, which lies in a folder of its own beside
 * this program: an update puts a new folder there and changes that one line. Built twice: as a program of
 * windows (sochibo.exe) and as one of the console (sochibo-console.exe). Plain Win32, no C library beyond it.
 */
#define _UNICODE
#include <windows.h>

#define LONGEST 32768
#define MOST_ARGUMENTS 256

typedef int (*py_main)(int, wchar_t **);

static wchar_t here[LONGEST];
static wchar_t version[64];
static wchar_t path[LONGEST];
static wchar_t *arguments[MOST_ARGUMENTS];

#ifdef CONSOLE
/* Never a dialog: where an administrator's script writes to a file, nobody would be there to close it. */
static int fail(const wchar_t *text)
{
    static char told[1024];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD written, mode;
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, text, lstrlenW(text), &written, NULL);
        WriteConsoleW(out, L"\r\n", 2, &written, NULL);
    } else {
        WideCharToMultiByte(CP_UTF8, 0, text, -1, told, sizeof told - 2, NULL, NULL);
        lstrcatA(told, "\r\n");
        WriteFile(out, told, lstrlenA(told), &written, NULL);
    }
    return 3;
}
#else
static int fail(const wchar_t *text)
{
    MessageBoxW(NULL, text, L"Sổ Chi bộ", MB_OK | MB_ICONERROR);
    return 3;
}
#endif

/* A version is digits and dots: nothing in `current` can lead anywhere else. */
static int read_version(void)
{
    char text[64];
    DWORD count = 0, i;
    HANDLE file;
    lstrcpyW(path, here);
    lstrcatW(path, L"current");
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    if (!ReadFile(file, text, sizeof text - 1, &count, NULL))
        count = 0;
    CloseHandle(file);
    for (i = 0; i < count && ((text[i] >= '0' && text[i] <= '9') || text[i] == '.'); i++)
        version[i] = (wchar_t)text[i];
    version[i] = 0;
    return i > 0 && version[0] != L'.';
}

static int is_worker(int count, wchar_t **given)
{
    /* Python starts its worker processes by this program with words of its own. */
    return count > 1 && lstrcmpW(given[count - 1], L"--multiprocessing-fork") == 0;
}

int launch(void)
{
    HMODULE python;
    py_main start;
    int count, used = 0, i;
    DWORD length = GetModuleFileNameW(NULL, here, LONGEST - 128);
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);

    while (length > 0 && here[length - 1] != L'\\')
        length--;
    here[length] = 0;
    if (!read_version())
        return fail(L"Phần mềm chưa được cài đặt trọn vẹn: thiếu tệp “current”. Hãy cài đặt lại. Sổ của bạn không bị ảnh hưởng.");
    lstrcpyW(path, here);
    lstrcatW(path, version);
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_USER_DIRS);
    AddDllDirectory(path);
    lstrcatW(path, L"\\python311.dll");
    python = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (!python)
        return fail(L"Phần mềm chưa được cài đặt trọn vẹn: thiếu tệp “python311.dll”. Hãy cài đặt lại. Sổ của bạn không bị ảnh hưởng.");
    start = (py_main)(void *)GetProcAddress(python, "Py_Main");
    if (!start || count + 8 > MOST_ARGUMENTS)
        return fail(L"Phần mềm không khởi động được. Hãy cài đặt lại. Sổ của bạn không bị ảnh hưởng.");
    arguments[used++] = given[0];
    if (!is_worker(count, given)) {
        arguments[used++] = L"-X";
        arguments[used++] = L"utf8";
        arguments[used++] = L"-I";
        arguments[used++] = L"-B";
        arguments[used++] = L"-m";
        arguments[used++] = L"sochibo";
    }
    for (i = 1; i < count; i++)
        arguments[used++] = given[i];
    arguments[used] = NULL;
    return start(used, arguments);
}

#ifdef CONSOLE
int wmain(void) { return launch(); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, LPWSTR line, int show)
{
    (void)instance; (void)previous; (void)line; (void)show;
    return launch();
}
#endif
