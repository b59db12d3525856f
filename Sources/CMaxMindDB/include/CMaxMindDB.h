#ifndef OBSERVATORY_CMAXMINDDB_H
#define OBSERVATORY_CMAXMINDDB_H

#include <maxminddb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Numeric address text -> network-order bytes. Returns 4, 16, or 0 if it is not an address.
int cmaxminddb_parse_address(const char *text, uint8_t bytes[16]);

// Looks up 4 or 16 network-order bytes. Returns an MMDB_* status; *found says if there is an entry, and
// *prefix of how many bits its network is: of 32 for an IPv4 address in whatever tree.
int cmaxminddb_lookup(const MMDB_s *database, const uint8_t *bytes, size_t count,
                      MMDB_entry_s *entry, bool *found, int *prefix);

enum {
  CMAXMINDDB_ABSENT,
  CMAXMINDDB_TEXT,
  // As a double: exact up to 2^53.
  CMAXMINDDB_NUMBER,
  CMAXMINDDB_MAP,
  CMAXMINDDB_OTHER
};

typedef struct {
  int kind;
  double number;
  const char *text;
  size_t length;
} cmaxminddb_value;

// One value of an entry by its path of no, one or two map keys (NULL from the first that is missing).
// Returns an MMDB_* status; *value is absent where the path is.
int cmaxminddb_read(const MMDB_entry_s *entry, const char *first, const char *second,
                    cmaxminddb_value *value);

// MMDB_* statuses by name, as Swift sees macros only as plain integers.
bool cmaxminddb_is_open_failure(int status);
bool cmaxminddb_is_not_a_database(int status);

#endif
