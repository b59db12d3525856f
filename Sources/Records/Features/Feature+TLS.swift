import Artifact

/// Features of certificates and TLS.
extension Feature {
  var ofCertificates: FeatureDefinition {
    let noTLS = "no endpoint offers TLS"
    return switch self {
    case .certificateSHA256s:
      .init(
        "certificate_sha256s", .tls, .set, .no, [.behaviour, .linkage, .suspicion], .texts,
        fold: .union, absent: noTLS,
        "Leaf certificates that it showed.")
    case .spkiSHA256s:
      .init(
        "spki_sha256s", .tls, .set, .no, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS,
        "Public keys of its certificates: it proved that it has them.")
    case .certificateTemplate:
      .init(
        "certificate_template", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .text,
        absent: noTLS,
        "What certificates that one recipe makes have in common, of its first leaf by SHA-256.")
    case .certificateProfile:
      .init(
        "certificate_profile", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .text,
        absent: noTLS, "Maker of that certificate, as its form tells.")
    case .certificateSelfSigned:
      .init(
        "certificate_self_signed", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion],
        .boolean,
        absent: noTLS, "Whether that certificate is signed with its own key.")
    case .certificateKey:
      .init(
        "certificate_key", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .text,
        absent: noTLS,
        "Type and size of its key, as `rsa 2048`.")
    case .certificateValidityDays:
      .init(
        "certificate_validity_days", .tls, .numeric, .yes, [.behaviour, .linkage, .suspicion],
        .integer, unit: "d",
        absent: noTLS, "Days from its first to its last moment.")
    case .certificateIssuer:
      .init(
        "certificate_issuer", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .text,
        absent: "no endpoint offers TLS, or the name is empty",
        "Distinguished name of its issuer, at most 256 code points.")
    case .certificateSubject:
      .init(
        "certificate_subject", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .text,
        absent: "no endpoint offers TLS, or the name is empty",
        "Distinguished name of its subject, at most 256 code points.")
    case .certificateNames:
      .init(
        "certificate_names", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts,
        absent: "no endpoint offers TLS, or it has no such name",
        "Its subject alternative names: the first 32, at most 256 code points of each.")
    case .certificateSerialBits:
      .init(
        "certificate_serial_bits", .tls, .numeric, .yes, [.behaviour, .linkage, .suspicion],
        .integer, unit: "bits", absent: noTLS, "Significant bits of its serial number.")
    case .certificateSignatureAlgorithm:
      .init(
        "certificate_signature_algorithm", .tls, .categorical, .yes,
        [.behaviour, .linkage, .suspicion], .text, absent: noTLS,
        "Algorithm with which it is signed.")
    default:
      .init(
        "certificate_chain_length", .tls, .numeric, .yes, [.behaviour, .linkage, .suspicion],
        .integer, absent: noTLS, "Certificates that an endpoint sends, the most.")
    }
  }

  /// Of who made the certificates.
  var ofMakers: FeatureDefinition {
    let noTLS = "no endpoint offers TLS"
    return switch self {
    case .issuingKeys:
      .init(
        "issuing_keys", .tls, .set, .no, [.linkage], .texts, fold: .union,
        absent:
          "no endpoint offers TLS, or its certificates are self-signed or of public authorities",
        "Keys that issued its leaf certificates, where these are neither self-signed nor of a public authority: `spki` and the SHA-256 of the public key info of the certificate that verifies one, else `stated` and the authority key identifier that it states, which anybody can."
      )
    case .certificateShape:
      .init(
        "certificate_shape", .tls, .categorical, .yes, [.linkage], .text, absent: noTLS,
        "Form of its first leaf by SHA-256 without any value: see `normalized.certificates`.")
    case .certificateNameForm:
      .init(
        "certificate_name_form", .tls, .categorical, .yes, [.linkage], .text, absent: noTLS,
        "How the common name of that certificate reads: see `normalized.certificates`.")
    case .certificateWords:
      .init(
        "certificate_words", .tls, .categorical, .yes, [.linkage], .text,
        absent: "no endpoint offers TLS, it is not self-signed, or its maker wrote nothing",
        "What the maker of that certificate wrote of himself, at most 256 code points.")
    default:
      .init(
        "certificate_created_at", .tls, .ordinal, .no, [.linkage], .text, absent: noTLS,
        "When that certificate was made, UTC, where its validity begins at no full minute, hour or day."
      )
    }
  }

  var ofTLS: FeatureDefinition {
    let noTLS = "no endpoint offers TLS"
    return switch self {
    case .tlsVersions:
      .init(
        "tls_versions", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS,
        "TLS versions that its endpoints negotiated.")
    case .tlsCiphers:
      .init(
        "tls_ciphers", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS,
        "Cipher suites that its endpoints negotiated.")
    case .tlsGroups:
      .init(
        "tls_groups", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS, "Key exchange groups that its endpoints negotiated.")
    case .tlsSignatureAlgorithms:
      .init(
        "tls_signature_algorithms", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts,
        fold: .union, absent: noTLS, "Algorithms with which its endpoints signed handshakes.")
    case .tlsTicketLifetimes:
      .init(
        "tls_ticket_lifetimes", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts,
        unit: "s", absent: "no endpoint offers TLS, or none sends session tickets",
        "Lifetimes of the session tickets that its endpoints send, as they say.")
    case .tlsResumes:
      .init(
        "tls_resumes", .tls, .categorical, .yes, [.behaviour, .linkage, .suspicion], .boolean,
        absent: noTLS, "Whether it took a session ticket that was offered to it.")
    default:
      .init(
        "tls_hello_answers", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts,
        absent: noTLS,
        "What its endpoints chose from hellos that offer less: `hello=version cipher group application-protocol`, or how the handshake failed."
      )
    }
  }
}
