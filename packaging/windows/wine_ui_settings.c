/* For checks under wine only, never shipped: the one class of Windows that Qt asks for its colours and that
 * Debian's wine lacks. Every real Windows 10 has it. */
#include <windows.h>
#include <stdint.h>

typedef struct { const void *const *table; } object;

static const GUID iids[] = {
    {0x00000000, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}},
    {0xAF86E2E0, 0xB12D, 0x4C6A, {0x9C, 0x5A, 0xD7, 0xAA, 0x65, 0x10, 0x1E, 0x90}},
    {0x94EA2B94, 0xE9CC, 0x49E0, {0xC0, 0xFF, 0xEE, 0x64, 0xCA, 0x8F, 0x5B, 0x90}},
    {0x00000035, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}},
    {0x85361600, 0x1C63, 0x4627, {0xBC, 0xB1, 0x3A, 0x89, 0xE0, 0xBC, 0x9C, 0x55}},
    {0x03021BE4, 0x5254, 0x4781, {0x81, 0x94, 0x51, 0x68, 0xF7, 0xD0, 0x6D, 0x7B}},
};

static HRESULT WINAPI query(object *self, const GUID *iid, void **out)
{
    unsigned i;
    for (i = 0; i < sizeof iids / sizeof *iids; i++)
        if (IsEqualGUID(iid, &iids[i])) {
            *out = self;
            return S_OK;
        }
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI count(object *self) { (void)self; return 2; }
static HRESULT WINAPI nothing(object *self, void *a, void *b) { (void)self; (void)a; (void)b; return E_NOTIMPL; }

static HRESULT WINAPI colour(object *self, int which, uint32_t *argb)
{
    /* Background (0) is white, everything else black or an accent; bytes are A, R, G, B in memory. */
    (void)self;
    *argb = which == 0 ? 0xFFFFFFFF : which == 1 ? 0x000000FF : 0x685A0BFF;
    return S_OK;
}

static HRESULT WINAPI subscribe(object *self, void *handler, int64_t *token)
{
    (void)self; (void)handler;
    *token = 1;
    return S_OK;
}

static HRESULT WINAPI unsubscribe(object *self, int64_t token) { (void)self; (void)token; return S_OK; }

static const void *const settings_table[] = {
    query, count, count, nothing, nothing, nothing, colour, subscribe, unsubscribe,
};
static object settings = {settings_table};

static HRESULT WINAPI activate(object *self, object **out) { (void)self; *out = &settings; return S_OK; }

static const void *const factory_table[] = {query, count, count, nothing, nothing, nothing, activate};
static object factory = {factory_table};

HRESULT WINAPI DllGetActivationFactory(void *name, object **out) { (void)name; *out = &factory; return S_OK; }
HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
