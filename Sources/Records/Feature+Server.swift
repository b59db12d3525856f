import Artifact

/// Features of software, behaviour and TLS.
extension Feature {
  var ofSoftware: FeatureDefinition {
    switch self {
    case .software:
      .init(
        "software", .software, .categorical, .yes, [.behaviour, .linkage], .text,
        "Implementation that it claims to be.")
    case .softwareVersion:
      .init(
        "software_version", .software, .ordinal, .yes, [.behaviour, .linkage], .text,
        absent: "its claim names no version", "Version that it claims.")
    case .identifiedSoftware:
      .init(
        "identified_software", .software, .categorical, .yes, [.behaviour, .suspicion], .text,
        "Implementation that its replies identify, whatever it claims.")
    case .identifiedFrom:
      .init(
        "identified_from", .software, .ordinal, .yes, [.behaviour, .suspicion], .text,
        "Oldest known release of it that no reply contradicts.")
    case .identifiedTo:
      .init(
        "identified_to", .software, .ordinal, .yes, [.behaviour, .suspicion], .text,
        "Newest known release of it that no reply contradicts.")
    case .claimAgrees:
      .init(
        "claim_agrees", .software, .categorical, .yes, [.behaviour, .suspicion], .boolean,
        "Whether its replies fit the software that it claims to be.")
    case .protocolMin:
      .init(
        "protocol_min", .software, .ordinal, .yes, [.behaviour, .linkage], .text,
        absent: "server.features has no such key", "Lowest protocol version that it offers.")
    case .protocolMax:
      .init(
        "protocol_max", .software, .ordinal, .yes, [.behaviour, .linkage], .text,
        absent: "server.features has no such key", "Highest protocol version that it offers.")
    case .methodsRefused:
      .init(
        "methods_refused", .software, .set, .yes, [.behaviour, .linkage], .texts, fold: .series,
        absent: "it refused none of those asked",
        "Probes that it answered with JSON-RPC error -32601, method not found.")
    default:
      .init(
        "batches", .software, .categorical, .yes, [.behaviour, .linkage], .boolean,
        "Whether it answers a batch of requests (probe malformed.batch) with results.")
    }
  }

  var ofBehaviour: FeatureDefinition {
    switch self {
    case .behaviourSignature:
      .init(
        "behaviour_signature", .shape, .categorical, .yes, [.behaviour, .suspicion],
        .text, fold: .series,
        "SHA-256 over the signatures of the probes covered: comparable where these are the same.")
    case .probesCovered:
      .init(
        "probes_covered", .shape, .set, .yes, [.behaviour, .suspicion], .texts, fold: .series,
        "Probes that were answered, with a result or an error.")
    case .throttledAfter:
      .init(
        "throttled_after", .limits, .numeric, .yes, [.behaviour, .suspicion], .integer,
        fold: .least, unit: "requests", absent: "it was asked and limited nothing",
        "Requests of an attempt until it limited us, the fewest.")
    case .connectMilliseconds:
      .init(
        "connect_ms", .timing, .numeric, .partly, [.behaviour, .linkage, .suspicion],
        .number(significantDigits: 6), fold: .least, unit: "ms",
        "Duration of the TCP handshake: the least of its endpoints' medians; none through a proxy.")
    default:
      .init(
        "tls_ms", .timing, .numeric, .partly, [.behaviour, .linkage, .suspicion],
        .number(significantDigits: 6), fold: .least, unit: "ms", absent: "no endpoint offers TLS",
        "Duration of the TLS handshake: the least of its endpoints' medians.")
    }
  }

  var ofTLS: FeatureDefinition {
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
    case .tlsVersions:
      .init(
        "tls_versions", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS,
        "TLS versions that its endpoints negotiated.")
    default:
      .init(
        "tls_ciphers", .tls, .set, .yes, [.behaviour, .linkage, .suspicion], .texts, fold: .union,
        absent: noTLS,
        "Cipher suites that its endpoints negotiated.")
    }
  }
}
