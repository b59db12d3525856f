public import ElectrumProtocol

/// An implementation of an Electrum server of which the rule book knows facts.
public enum KnownImplementation: String, Sendable, CaseIterable {
  /// ElectrumX for Bitcoin: the common line up to 1.16, then `e-x`.
  case electrumX = "ElectrumX"
  /// ElectrumX for Bitcoin SV, from 1.18 on: its first releases speak as the common line does.
  case electrumXSV = "ElectrumX-SV"
  case fulcrum = "Fulcrum"
  /// romanz/electrs.
  case electrs
  /// The forks of Blockstream and mempool, which do not tell their form by their version.
  case electrsEsplora = "electrs-esplora"
  case electrumPersonalServer = "ElectrumPersonalServer"
  case bwt
  case floresta = "Floresta"
  case jelectrum

  /// What people call it.
  public var name: String {
    switch self {
    case .electrumX: "ElectrumX"
    case .electrumXSV: "ElectrumX (SV)"
    case .fulcrum: "Fulcrum"
    case .electrs: "electrs"
    case .electrsEsplora: "electrs-esplora"
    case .electrumPersonalServer: "Electrum Personal Server"
    case .bwt: "bwt"
    case .floresta: "Floresta"
    case .jelectrum: "Jelectrum"
    }
  }

  /// The releases that the sources of the rules name, in order. Each stands for what follows it up to
  /// the next one. Empty where nothing is known of versions.
  public var releases: [ProtocolVersion] { Self.table[self] ?? [] }

  /// Implementations whose servers call themselves so; ElectrumX has two.
  public static func called(_ name: ServerSoftware.Implementation) -> [KnownImplementation] {
    switch name {
    case .electrumX: [.electrumX, .electrumXSV]
    case .fulcrum: [.fulcrum]
    case .electrs: [.electrs]
    case .electrsEsplora: [.electrsEsplora]
    case .electrumPersonalServer: [.electrumPersonalServer]
    case .bwt: [.bwt]
    case .floresta: [.floresta]
    case .jelectrum: [.jelectrum]
    case .unknown: []
    }
  }

  private static let table: [KnownImplementation: [ProtocolVersion]] = [
    .electrumX: [
      "1.9.5", "1.10.0", "1.10.1", "1.11.0", "1.12.0", "1.13.0", "1.14.0", "1.15.0", "1.16.0",
      "1.17.0", "1.18.0", "1.19.0", "1.20.0", "2.0.0",
    ],
    .electrumXSV: ["1.18.0", "1.18.1", "1.19", "1.20", "1.20.1", "1.20.2"],
    .fulcrum: [
      "1.0.0", "1.1.1", "1.4.0", "1.5.0", "1.6.0", "1.7.0", "1.8.0", "1.8.2", "1.9.0", "1.9.1",
      "1.9.5", "1.10.0", "1.11.0", "1.12.0", "2.0.0", "2.1.1",
    ],
    .electrs: [
      "0.4.3", "0.5.0", "0.6.2", "0.7.1", "0.8.0", "0.8.12", "0.9.0", "0.9.4", "0.10.10", "0.11.1",
    ],
    .electrsEsplora: ["0.4.1"],
    .electrumPersonalServer: ["0.2.4"],
    .bwt: ["0.2.4"],
  ].mapValues { $0.compactMap { ProtocolVersion($0) } }
}
