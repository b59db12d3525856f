#ifndef OBSERVATORY_CMAXMINDDB_H
#define OBSERVATORY_CMAXMINDDB_H

#include <maxminddb.h>

#endif
