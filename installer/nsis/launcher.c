/* The program's starters on Windows, one source:
 *
 *   xinfang.exe, xinfang-cmd.exe in the folder of versions   (CHOOSING) start the version in use: the
 *       one installed last, or the one that somebody went back to; with --previous the one before
 *   xinfang.exe, xinfang-cmd.exe in a version's folder       run the program in this very process
 *
 * The ones with CONSOLE are for commands, the others open the window. */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768

static wchar_t here[LONGEST];

#ifdef CONSOLE
#define NAME L"xinfang-cmd.exe"
#else
#define NAME L"xinfang.exe"
#endif

static int trouble(const wchar_t *words)
{
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", words);
#else
    MessageBoxW(NULL, words, L"信访案头", MB_OK | MB_ICONERROR);
#endif
    return 1;
}

/* The folder of this very file, without a backslash at its end. */
static void look_where(void)
{
    GetModuleFileNameW(NULL, here, LONGEST);
    wchar_t *last = wcsrchr(here, L'\\');
    if (last)
        *last = 0;
}

#ifdef CHOOSING

static wchar_t version[64], program[LONGEST], command[LONGEST];

/* The first words of a small file; how many there were. */
static int words_of(const wchar_t *path, wchar_t *first, wchar_t *second)
{
    char text[256] = "", one[64] = "", two[64] = "";
    FILE *file = _wfopen(path, L"rb");
    if (!file)
        return 0;
    size_t read = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[read] = 0;
    int count = sscanf(text, "%60s %60s", one, two);
    MultiByteToWideChar(CP_ACP, 0, one, -1, first, 64);
    if (second)
        MultiByteToWideChar(CP_ACP, 0, two, -1, second, 64);
    return count;
}

static int is_there(const wchar_t *wanted)
{
    swprintf(program, LONGEST, L"%ls\\%ls\\" NAME, here, wanted);
    return *wanted && GetFileAttributesW(program) != INVALID_FILE_ATTRIBUTES;
}

/* What stands in the command line behind the program's own name. */
static const wchar_t *behind_name(const wchar_t *line)
{
    int quoted = 0;
    for (; *line && (quoted || (*line != L' ' && *line != L'\t')); line++)
        if (*line == L'"')
            quoted = !quoted;
    while (*line == L' ' || *line == L'\t')
        line++;
    return line;
}

static void choose(const wchar_t **rest)
{
    wchar_t path[LONGEST], installed[64] = L"", other[64] = L"";
    swprintf(path, LONGEST, L"%ls\\current", here);
    words_of(path, version, NULL);
    if (wcsncmp(*rest, L"--previous", 10) == 0) {
        *rest = behind_name(*rest);
        swprintf(path, LONGEST, L"%ls\\previous", here);
        if (words_of(path, other, NULL) && is_there(other))
            wcscpy(version, other);
        return;
    }
    const wchar_t *local = _wgetenv(L"LOCALAPPDATA");
    if (!local)
        return;
    swprintf(path, LONGEST, L"%ls\\xinfang\\program-in-use", local);
    if (words_of(path, installed, other) == 2 && wcscmp(installed, version) == 0 && is_there(other))
        wcscpy(version, other);
}

static int run(void)
{
    const wchar_t *rest = behind_name(GetCommandLineW());
    choose(&rest);
    if (!is_there(version))
        return trouble(L"程序文件不全，没有打开，数据没有受影响。请重新安装信访案头。");
    swprintf(command, LONGEST, L"\"%ls\" %ls", program, rest);
    STARTUPINFOW how = {.cb = sizeof how};
    PROCESS_INFORMATION begun;
    if (!CreateProcessW(program, command, NULL, NULL, TRUE, 0, NULL, NULL, &how, &begun))
        return trouble(L"程序没有启动起来，数据没有受影响。请重新安装信访案头，或检查杀毒软件的隔离区。");
    DWORD code = 0;
#ifdef CONSOLE
    WaitForSingleObject(begun.hProcess, INFINITE);
    GetExitCodeProcess(begun.hProcess, &code);
#else
    AllowSetForegroundWindow(begun.dwProcessId);
#endif
    return (int)code;
}

#else

typedef int (*Main)(int, wchar_t **);

static int run(void)
{
    static wchar_t library[LONGEST];
    swprintf(library, LONGEST, L"%ls\\python311.dll", here);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    Main start = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!start)
        return trouble(L"程序文件不全，没有打开，数据没有受影响。请重新安装信访案头。");
    wchar_t **words = calloc(__argc + 5, sizeof *words);
    int count = 0;
    words[count++] = __wargv[0];
    words[count++] = L"-X";
    words[count++] = L"utf8";
    words[count++] = L"-m";
    words[count++] = L"xinfang_desktop";
    for (int i = 1; i < __argc; i++)
        words[count++] = __wargv[i];
    return start(count, words);
}

#endif

#ifdef CONSOLE
int wmain(void)
{
    look_where();
    return run();
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show)
{
    look_where();
    return run();
}
#endif
