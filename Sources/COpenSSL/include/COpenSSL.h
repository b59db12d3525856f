#ifndef OBSERVATORY_COPENSSL_H
#define OBSERVATORY_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/tls1.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <time.h>

/* Swift sees functions and plain integer macros, no function-like macros: each of those that the
   project needs is a function here, COpenSSL_ plus the macro's own name. */

static inline uint64_t COpenSSL_SSL_OP_NO_TICKET(void) { return SSL_OP_NO_TICKET; }
static inline uint64_t COpenSSL_SSL_OP_NO_RENEGOTIATION(void) { return SSL_OP_NO_RENEGOTIATION; }
static inline uint64_t COpenSSL_SSL_OP_LEGACY_SERVER_CONNECT(void) {
  return SSL_OP_LEGACY_SERVER_CONNECT;
}
static inline uint64_t COpenSSL_SSL_OP_IGNORE_UNEXPECTED_EOF(void) {
  return SSL_OP_IGNORE_UNEXPECTED_EOF;
}
static inline long COpenSSL_SSL_CTX_set_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_mode(context, mode);
}
static inline int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}
static inline int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_groups_list(context, list);
}
static inline int COpenSSL_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(context, certificate);
}
static inline long COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}
static inline long COpenSSL_SSL_CTX_set_max_cert_list(SSL_CTX *context, long bytes) {
  return SSL_CTX_set_max_cert_list(context, bytes);
}
static inline int COpenSSL_SSL_CTX_set_dh_auto(SSL_CTX *context, int on) {
  return (int)SSL_CTX_set_dh_auto(context, on);
}
static inline int COpenSSL_SSL_set_tlsext_host_name(SSL *connection, const char *name) {
  return (int)SSL_set_tlsext_host_name(connection, name);
}
static inline int COpenSSL_SSL_set_tlsext_status_type(SSL *connection, int type) {
  return (int)SSL_set_tlsext_status_type(connection, type);
}
static inline long COpenSSL_SSL_get_tlsext_status_ocsp_resp(
    SSL *connection, const unsigned char **response) {
  return SSL_get_tlsext_status_ocsp_resp(connection, response);
}
static inline int COpenSSL_SSL_get_negotiated_group(SSL *connection) {
  return (int)SSL_get_negotiated_group(connection);
}
static inline int COpenSSL_SSL_get_peer_signature_nid(SSL *connection, int *nid) {
  return (int)SSL_get_peer_signature_nid(connection, nid);
}
static inline int COpenSSL_SSL_get_peer_tmp_key(SSL *connection, EVP_PKEY **key) {
  return (int)SSL_get_peer_tmp_key(connection, key);
}
static inline long COpenSSL_SSL_get_secure_renegotiation_support(SSL *connection) {
  return SSL_get_secure_renegotiation_support(connection);
}
static inline int COpenSSL_SSL_set_app_data(SSL *connection, void *data) {
  return SSL_set_app_data(connection, data);
}
static inline void *COpenSSL_SSL_get_app_data(const SSL *connection) {
  return SSL_get_app_data(connection);
}
static inline long COpenSSL_BIO_set_mem_eof_return(BIO *bio, int value) {
  return BIO_set_mem_eof_return(bio, value);
}
static inline size_t COpenSSL_BIO_pending(BIO *bio) { return (size_t)BIO_pending(bio); }
static inline void COpenSSL_OPENSSL_free(void *memory) { OPENSSL_free(memory); }

static inline EVP_PKEY *COpenSSL_EVP_RSA_gen(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *COpenSSL_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }

static inline int COpenSSL_sk_GENERAL_NAME_num(const GENERAL_NAMES *names) {
  return sk_GENERAL_NAME_num(names);
}
static inline GENERAL_NAME *COpenSSL_sk_GENERAL_NAME_value(const GENERAL_NAMES *names, int index) {
  return sk_GENERAL_NAME_value(names, index);
}
static inline int COpenSSL_sk_GENERAL_NAME_push(GENERAL_NAMES *names, GENERAL_NAME *name) {
  return sk_GENERAL_NAME_push(names, name);
}
static inline ASN1_STRING *COpenSSL_GENERAL_NAME_string(const GENERAL_NAME *name) {
  switch (name->type) {
  case GEN_EMAIL:
  case GEN_DNS:
  case GEN_URI:
    return name->d.ia5;
  case GEN_IPADD:
    return name->d.ip;
  default:
    return NULL;
  }
}
static inline X509_NAME *COpenSSL_GENERAL_NAME_directory(const GENERAL_NAME *name) {
  return name->type == GEN_DIRNAME ? name->d.dirn : NULL;
}
static inline int COpenSSL_GENERAL_NAME_type(const GENERAL_NAME *name) { return name->type; }

/* One line after RFC 2253: last attribute first, every byte beyond printable ASCII escaped. */
static inline int COpenSSL_X509_NAME_print_RFC2253(BIO *bio, const X509_NAME *name) {
  return X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253);
}

/* Seconds since 1970 in UTC; 0 where the time cannot be read. */
static inline int COpenSSL_ASN1_TIME_seconds(const ASN1_TIME *time, int64_t *seconds) {
  struct tm fields;
  if (time == NULL || ASN1_TIME_to_tm(time, &fields) != 1) return 0;
  *seconds = (int64_t)timegm(&fields);
  return 1;
}

#endif
