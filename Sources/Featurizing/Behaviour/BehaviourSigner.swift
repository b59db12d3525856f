import Artifact
import Digests
import Ordering
import Probing
import Records

/// Numbers the probes of a series and makes of each server's signatures one value, and one a family.
struct BehaviourSigner {
  private let probes: [String]
  private let bits: [String: Int]

  /// - Parameter probes: that the plan of any scan asks of anybody.
  init(probes: Set<String>) {
    self.probes = probes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    bits = Dictionary(
      self.probes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// SHA-256 over the signatures by probe; nil where there is none.
  static func digest(_ signatures: [String: String]) -> String? {
    if signatures.isEmpty { return nil }
    let lines = signatures.keys.sorted().map { "\($0)=\(signatures[$0] ?? "")" }
    return SHA256.hex(lines.joined(separator: "\n").utf8)
  }

  /// - Parameter signatures: by probe.
  func behaviour(of serverID: String, _ signatures: [String: String]) -> ServerBehaviour {
    var mask = ProbeMask(size: probes.count)
    var families: [String: [String: String]] = [:]
    for (probe, signature) in signatures {
      guard let bit = bits[probe] else { continue }
      mask.insert(bit)
      families[KnownProbes.family(of: probe), default: [:]][probe] = signature
    }
    let parts = families.compactMap { family, signatures in
      Self.digest(signatures).map { "\(family)=\($0.prefix(16))" }
    }
    return ServerBehaviour(serverID: serverID, covered: mask.hexadecimal).with {
      $0.probesCovered = mask.count
      $0.signature = Self.digest(signatures)
      $0.familySignatures = parts.sorted()
    }
  }

  /// - Parameter servers: signatures by probe, of each server.
  func probeRows(_ servers: some Sequence<[String: String]>) -> [SeriesProbe] {
    var covering: [String: Int] = [:]
    for signatures in servers {
      for probe in signatures.keys { covering[probe, default: 0] += 1 }
    }
    return probes.enumerated().map { bit, probe in
      let known = KnownProbes.probe(probe)
      return SeriesProbe(probe: probe, family: KnownProbes.family(of: probe)).with {
        $0.bit = bit
        $0.purpose = known?.purpose
        $0.cost = known?.cost
        $0.servers = covering[probe] ?? 0
      }
    }
  }
}
