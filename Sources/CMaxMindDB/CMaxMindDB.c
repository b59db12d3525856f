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
                      MMDB_entry_s *entry, bool *found, int *prefix) {
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
    *prefix = result.netmask;
    if (count == 4 && database->metadata.ip_version == 6)
      *prefix = result.netmask > 96 ? result.netmask - 96 : 0;
  }
  return status;
}

static double from_uint128(const MMDB_entry_data_s *data) {
#if MMDB_UINT128_IS_BYTE_ARRAY
  double value = 0;
  for (int i = 0; i < 16; i++) value = value * 256 + data->uint128[i];
  return value;
#else
  return (double)data->uint128;
#endif
}

int cmaxminddb_read(const MMDB_entry_s *entry, const char *first, const char *second,
                    cmaxminddb_value *value) {
  const char *path[3] = {first, first ? second : NULL, NULL};
  MMDB_entry_s start = *entry;
  MMDB_entry_data_s data;
  memset(&data, 0, sizeof data);
  memset(value, 0, sizeof *value);
  int status = MMDB_aget_value(&start, &data, path);
  if (status == MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR) return MMDB_SUCCESS;
  if (status != MMDB_SUCCESS || !data.has_data) return status;
  value->kind = CMAXMINDDB_NUMBER;
  switch (data.type) {
  case MMDB_DATA_TYPE_UTF8_STRING:
    value->kind = CMAXMINDDB_TEXT;
    value->text = data.utf8_string;
    value->length = data.data_size;
    break;
  case MMDB_DATA_TYPE_UINT16: value->number = data.uint16; break;
  case MMDB_DATA_TYPE_UINT32: value->number = data.uint32; break;
  case MMDB_DATA_TYPE_INT32: value->number = data.int32; break;
  case MMDB_DATA_TYPE_UINT64: value->number = (double)data.uint64; break;
  case MMDB_DATA_TYPE_UINT128: value->number = from_uint128(&data); break;
  case MMDB_DATA_TYPE_DOUBLE: value->number = data.double_value; break;
  case MMDB_DATA_TYPE_FLOAT: value->number = (double)data.float_value; break;
  case MMDB_DATA_TYPE_MAP: value->kind = CMAXMINDDB_MAP; break;
  default: value->kind = CMAXMINDDB_OTHER;
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
