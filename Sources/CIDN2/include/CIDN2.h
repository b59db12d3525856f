#ifndef OBSERVATORY_CIDN2_H
#define OBSERVATORY_CIDN2_H

#include <idn2.h>

#endif
