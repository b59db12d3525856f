#ifndef OBSERVATORY_COPENSSL_H
#define OBSERVATORY_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
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

/* A key pair of parameters that were pushed; NULL where pushing failed. Takes the builder over: it
   keeps pointers to what is pushed, so that all of this happens in one call. */
static inline EVP_PKEY *COpenSSL_key_of_parameters(
    const char *type, OSSL_PARAM_BLD *builder, int pushed) {
  EVP_PKEY *key = NULL;
  OSSL_PARAM *parameters = pushed ? OSSL_PARAM_BLD_to_param(builder) : NULL;
  EVP_PKEY_CTX *context = parameters ? EVP_PKEY_CTX_new_from_name(NULL, type, NULL) : NULL;
  if (context != NULL && EVP_PKEY_fromdata_init(context) == 1) {
    if (EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, parameters) != 1) key = NULL;
  }
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  return key;
}
static inline EVP_PKEY *COpenSSL_EC_key(
    const char *curve, const uint8_t *point, size_t count, const BIGNUM *secret) {
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  if (builder == NULL) return NULL;
  return COpenSSL_key_of_parameters(
      "EC", builder,
      OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) &&
          OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, count) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, secret));
}
/* Modulus, exponents, factors p and q, d mod p-1, d mod q-1, 1/q mod p. */
static inline EVP_PKEY *COpenSSL_RSA_key(
    const BIGNUM *n, const BIGNUM *e, const BIGNUM *d, const BIGNUM *p, const BIGNUM *q,
    const BIGNUM *dp, const BIGNUM *dq, const BIGNUM *inverse) {
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  if (builder == NULL) return NULL;
  return COpenSSL_key_of_parameters(
      "RSA", builder,
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_D, d) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR1, p) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR2, q) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT1, dp) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT2, dq) &&
          OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, inverse));
}

/* The server's certificate, key and further chain of one connection, in place of its context's. */
static inline int COpenSSL_SSL_use_identity(
    SSL *connection, X509 *certificate, EVP_PKEY *key, STACK_OF(X509) *chain) {
  return SSL_use_cert_and_key(connection, certificate, key, chain, 1);
}
static inline STACK_OF(X509) *COpenSSL_sk_X509_new(void) { return sk_X509_new_null(); }
/* The stack takes the certificate over where it returns more than 0. */
static inline int COpenSSL_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) {
  return sk_X509_push(stack, certificate);
}
static inline void COpenSSL_sk_X509_free(STACK_OF(X509) *stack) {
  sk_X509_pop_free(stack, X509_free);
}

/* States the signature's algorithm in both places of a certificate, before the part that is signed
   is encoded. */
static inline int COpenSSL_X509_set_signature_algorithm(X509 *certificate, int nid) {
  const X509_ALGOR *outer = NULL;
  X509_get0_signature(NULL, &outer, certificate);
  return X509_ALGOR_set0((X509_ALGOR *)X509_get0_tbs_sigalg(certificate), OBJ_nid2obj(nid),
                         V_ASN1_UNDEF, NULL) == 1 &&
         X509_ALGOR_set0((X509_ALGOR *)outer, OBJ_nid2obj(nid), V_ASN1_UNDEF, NULL) == 1;
}
static inline int COpenSSL_X509_set_signature(X509 *certificate, const uint8_t *bytes, int count) {
  const ASN1_BIT_STRING *made = NULL;
  X509_get0_signature(&made, NULL, certificate);
  ASN1_BIT_STRING *signature = (ASN1_BIT_STRING *)made;
  if (ASN1_STRING_set(signature, bytes, count) != 1) return 0;
  signature->flags &= ~(ASN1_STRING_FLAG_BITS_LEFT | 0x07);
  signature->flags |= ASN1_STRING_FLAG_BITS_LEFT;
  return 1;
}

/* Seconds since 1970 in UTC; 0 where the time cannot be read. */
static inline int COpenSSL_ASN1_TIME_seconds(const ASN1_TIME *time, int64_t *seconds) {
  struct tm fields;
  if (time == NULL || ASN1_TIME_to_tm(time, &fields) != 1) return 0;
  *seconds = (int64_t)timegm(&fields);
  return 1;
}

#endif
