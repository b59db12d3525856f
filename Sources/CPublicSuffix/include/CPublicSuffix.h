#ifndef OBSERVATORY_CPUBLICSUFFIX_H
#define OBSERVATORY_CPUBLICSUFFIX_H

#include <libpsl.h>

#endif
