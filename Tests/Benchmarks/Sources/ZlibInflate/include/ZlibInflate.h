#ifndef OBSERVATORY_ZLIB_INFLATE_H
#define OBSERVATORY_ZLIB_INFLATE_H

// Inflates every member of a gzip file and throws the bytes away: what zlib itself costs.
// Returns the number of bytes of content, or -1.
long observatory_inflate_file(const char *path);

#endif
