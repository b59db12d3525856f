import Artifact

/// Features of software, behaviour and limits.
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
        absent: "server.features has no such key",
        "Highest protocol version that it offers; where it was not asked, the one with which most sources list it."
      )
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

  var ofLimits: FeatureDefinition {
    switch self {
    case .batchesOf12:
      .init(
        "batches_of_12", .limits, .categorical, .yes, [.behaviour, .suspicion], .boolean,
        "Whether it answers a batch of twelve requests (probe limits.batch-12) with results.")
    case .historyRefusedFrom:
      .init(
        "history_refused_from", .limits, .numeric, .yes, [.behaviour, .suspicion], .integer,
        fold: .least, unit: "transactions", absent: "it was asked and refused none",
        "Length of the shortest history of known length that it refused with an error, while it answered another."
      )
    case .throttledAfter:
      .init(
        "throttled_after", .limits, .numeric, .yes, [.behaviour, .suspicion], .integer,
        fold: .least, unit: "requests", absent: "it was asked and limited nothing",
        "Requests of an attempt until it limited us, the fewest.")
    default:
      .init(
        "throttle_code", .limits, .categorical, .yes, [.behaviour, .suspicion], .integer,
        absent: "it was asked and limited nothing, or without a code",
        "Code of the JSON-RPC error with which it last limited us.")
    }
  }
}
