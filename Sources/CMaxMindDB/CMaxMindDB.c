#include "CMaxMindDB.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

int cmaxminddb_parse_address(const char *text, uint8_t bytes[16]) {
  if (inet_pton(AF_INET, text, bytes) == 1) return 4;
  if (inet_pton(AF_INET6, text, bytes) == 1) return 16;
  return 0;
}

int cmaxminddb_lookup(const MMDB_s *database, const uint8_t *bytes, size_t count,
                      MMDB_entry_s *entry, bool *found) {
  struct sockaddr_storage storage;
  memset(&storage, 0, sizeof storage);
  *found = false;
  if (count == 4) {
    struct sockaddr_in *address = (struct sockaddr_in *)&storage;
    address->sin_family = AF_INET;
    memcpy(&address->sin_addr, bytes, 4);
  } else if (count == 16) {
    struct sockaddr_in6 *address = (struct sockaddr_in6 *)&storage;
    address->sin6_family = AF_INET6;
    memcpy(&address->sin6_addr, bytes, 16);
    if (database->metadata.ip_version == 4) return MMDB_SUCCESS;
  } else {
    return MMDB_SUCCESS;
  }
  int status = MMDB_SUCCESS;
  MMDB_lookup_result_s result =
      MMDB_lookup_sockaddr(database, (const struct sockaddr *)&storage, &status);
  if (status == MMDB_SUCCESS && result.found_entry) {
    *entry = result.entry;
    *found = true;
  }
  return status;
}

static int value_at(const MMDB_entry_s *entry, const char *first, const char *second,
                    MMDB_entry_data_s *data) {
  const char *path[3] = {first, second, NULL};
  MMDB_entry_s start = *entry;
  memset(data, 0, sizeof *data);
  int status = MMDB_aget_value(&start, data, path);
  if (status == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR) {
    data->has_data = false;
    return MMDB_SUCCESS;
  }
  return status;
}

int cmaxminddb_text(const MMDB_entry_s *entry, const char *first, const char *second,
                    const char **text, size_t *length, bool *found) {
  MMDB_entry_data_s data;
  int status = value_at(entry, first, second, &data);
  *found = status == MMDB_SUCCESS && data.has_data && data.type == MMDB_DATA_TYPE_UTF8_STRING;
  if (*found) {
    *text = data.utf8_string;
    *length = data.data_size;
  }
  return status;
}

int cmaxminddb_unsigned(const MMDB_entry_s *entry, const char *first, const char *second,
                        uint64_t *value, bool *found) {
  MMDB_entry_data_s data;
  int status = value_at(entry, first, second, &data);
  *found = status == MMDB_SUCCESS && data.has_data;
  if (!*found) return status;
  switch (data.type) {
  case MMDB_DATA_TYPE_UINT16: *value = data.uint16; break;
  case MMDB_DATA_TYPE_UINT32: *value = data.uint32; break;
  case MMDB_DATA_TYPE_UINT64: *value = data.uint64; break;
  default: *found = false;
  }
  return status;
}

int cmaxminddb_double(const MMDB_entry_s *entry, const char *first, const char *second,
                      double *value, bool *found) {
  MMDB_entry_data_s data;
  int status = value_at(entry, first, second, &data);
  *found = status == MMDB_SUCCESS && data.has_data;
  if (!*found) return status;
  switch (data.type) {
  case MMDB_DATA_TYPE_DOUBLE: *value = data.double_value; break;
  case MMDB_DATA_TYPE_FLOAT: *value = (double)data.float_value; break;
  default: *found = false;
  }
  return status;
}

bool cmaxminddb_is_open_failure(int status) {
  return status == MMDB_FILE_OPEN_ERROR || status == MMDB_IO_ERROR;
}

bool cmaxminddb_is_not_a_database(int status) {
  return status == MMDB_INVALID_METADATA_ERROR ||
         status == MMDB_UNKNOWN_DATABASE_FORMAT_ERROR;
}
