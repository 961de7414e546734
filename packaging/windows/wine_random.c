/* For checks under wine only, never shipped: Windows' own source of random numbers, under the name by which
 * newer programs ask for it. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *buffer, ULONG length);

BOOL WINAPI ProcessPrng(unsigned char *buffer, SIZE_T length) { return SystemFunction036(buffer, (ULONG)length); }
