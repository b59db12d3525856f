#include "ZlibInflate.h"

#include <stdio.h>
#include <zlib.h>

long observatory_inflate_file(const char *path) {
  static unsigned char input[1 << 18], output[1 << 18];
  FILE *file = fopen(path, "rb");
  if (!file) return -1;
  z_stream stream = {0};
  // 15 + 16: the largest window, and gzip headers with their checksums.
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return -1;
  long total = 0;
  for (;;) {
    if (stream.avail_in == 0) {
      stream.avail_in = (unsigned)fread(input, 1, sizeof input, file);
      stream.next_in = input;
      if (stream.avail_in == 0) break;
    }
    stream.next_out = output;
    stream.avail_out = sizeof output;
    int status = inflate(&stream, Z_NO_FLUSH);
    total += (long)(sizeof output - stream.avail_out);
    if (status == Z_STREAM_END) {
      inflateReset(&stream);
    } else if (status != Z_OK) {
      total = -1;
      break;
    }
  }
  inflateEnd(&stream);
  fclose(file);
  return total;
}
