#ifndef OBSERVATORY_CMAXMINDDB_H
#define OBSERVATORY_CMAXMINDDB_H

#include <maxminddb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Numeric address text -> network-order bytes. Returns 4, 16, or 0 if it is not an address.
int cmaxminddb_parse_address(const char *text, uint8_t bytes[16]);

// Looks up 4 or 16 network-order bytes. Returns an MMDB_* status; *found says if there is an entry.
int cmaxminddb_lookup(const MMDB_s *database, const uint8_t *bytes, size_t count,
                      MMDB_entry_s *entry, bool *found);

// One value of an entry by its path of one or two map keys (second may be NULL).
// Each returns an MMDB_* status; *found is false where the path is absent or of another type.
int cmaxminddb_text(const MMDB_entry_s *entry, const char *first, const char *second,
                    const char **text, size_t *length, bool *found);
int cmaxminddb_unsigned(const MMDB_entry_s *entry, const char *first, const char *second,
                        uint64_t *value, bool *found);
int cmaxminddb_double(const MMDB_entry_s *entry, const char *first, const char *second,
                      double *value, bool *found);

// MMDB_* statuses by name, as Swift sees macros only as plain integers.
bool cmaxminddb_is_open_failure(int status);
bool cmaxminddb_is_not_a_database(int status);

#endif
