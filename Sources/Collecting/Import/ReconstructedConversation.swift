import Artifact
import ElectrumProtocol
import Foundation
import Probing
import Records
import StageKit

/// Replies whose contents are known and whose bytes are not, put into lines of ours.
///
/// How these lines are written says nothing of the server: the manifest says so (`replies: values`),
/// and `normalize` then takes nothing from their form.
struct ReconstructedConversation {
  private(set) var received: [Chunk] = []
  /// One a probe that the format knows; what was never asked is `untested.not-imported`.
  private(set) var exchanges: [Exchange] = []

  init(_ results: ResultFields, _ row: ForeignRow) {
    for (probe, field, result) in results.byProbe {
      append(probe, result, source: row.inexact[field])
    }
  }

  var hasReplies: Bool { !received.isEmpty }

  /// The outcome that the replies show; nil where there is none.
  var outcome: Outcome? {
    let identification = exchanges.first?.outcome
    if identification?.isTested == true { return identification }
    return hasReplies ? .answered : nil
  }

  /// - Parameter source: of the result, where its value does not hold it exactly.
  private mutating func append(_ id: String, _ result: JSONValue?, source: [UInt8]?) {
    guard let result else {
      exchanges.append(Exchange(outcome: .untestedNotImported, probe: id))
      return
    }
    let head = "{\"id\":\(received.count),\"result\":"
    let line = Array(head.utf8) + (source ?? result.canonicalBytes) + Array("}".utf8)
    let text = String(decoding: line, as: UTF8.self)
    exchanges.append(
      Exchange(outcome: ImportedReply.outcome(of: text, to: id), probe: id).with {
        $0.line = received.count
      })
    received.append(Chunk(line: line))
  }
}

extension Chunk {
  /// A line without its end.
  init(line: [UInt8]) { self.init(line + [UInt8(ascii: "\n")], atMicroseconds: nil) }
}

/// What a row says that a server answered, by the probe that asks it.
struct ResultFields: Sendable {
  private var version: JSONValue?
  private var features: JSONValue?
  private var banner: JSONValue?
  private var donation: JSONValue?
  private var peers: JSONValue?

  /// Names of the probes that the format knows.
  static let probes = ResultFields().byProbe.map(\.probe)
  static let names = Set(ResultFields().byProbe.map(\.field))

  /// Each with the field that holds its result; nil: it was not asked.
  var byProbe: [(probe: String, field: String, result: JSONValue?)] {
    [
      ("server.version", "server_version", version), ("server.features", "features", features),
      ("server.banner", "banner", banner),
      ("server.donation_address", "donation_address", donation),
      ("server.peers.subscribe", "peers", peers),
    ]
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "server_version", &version,
      .nullable(
        .json("[software, protocol], two texts, or null") {
          guard case .array(let parts) = $0 else { return false }
          return parts.count == 2 && parts.allSatisfy(Self.isText)
        }), "Result of server.version.")
    f.field(
      "features", &features, .nullable(.json("an object or null") { $0.isObject }),
      "Result of server.features.")
    f.field(
      "banner", &banner, .nullable(.json("text or null", where: Self.isText)),
      "Result of server.banner.")
    f.field(
      "donation_address", &donation, .nullable(.json("text or null", where: Self.isText)),
      "Result of server.donation_address.")
    f.field(
      "peers", &peers,
      .nullable(
        .json("a list of [address, host, [features]], all texts, or null") {
          guard case .array(let items) = $0 else { return false }
          return items.allSatisfy(Self.isPeer)
        }), "Result of server.peers.subscribe.")
  }

  private static func isText(_ value: JSONValue) -> Bool {
    if case .string = value { true } else { false }
  }

  private static func isPeer(_ value: JSONValue) -> Bool {
    guard case .array(let parts) = value, parts.count == 3, isText(parts[0]), isText(parts[1]),
      case .array(let features) = parts[2]
    else { return false }
    return features.allSatisfy(isText)
  }
}

/// What a foreign reply amounts to: judged as that of a live scan.
enum ImportedReply {
  private static let probes = ProbeCatalog.imported

  /// - Parameter text: empty where nothing arrived.
  static func outcome(of text: String, to id: String) -> Outcome {
    guard let probe = probes.first(where: { $0.id == id }) else { return .untestedNotImported }
    return ReplyClassifier.outcome(ofText: text, to: probe)
  }
}
