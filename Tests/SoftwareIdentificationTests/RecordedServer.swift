import ElectrumProtocol
import Probing
import Records
import SoftwareIdentification
import TestSupport

@testable import Normalizing

/// A recorded real server: its answers to the questions that the catalogue has too, without the
/// text that names its software.
struct RecordedServer {
  let name: String
  let implementation: KnownImplementation
  let release: ProtocolVersion
  let replies: [ReplyObservation]

  /// Probes of the catalogue and the recorded questions that ask the same.
  private static let questions: [String: [String]] = [
    "server.version.1.6": ["server.version/range_1.4-1.6"],
    "server.version.1.4-1.4.3": ["server.version/range_1.4-1.4.3"],
    "server.version.1.4-99": ["server.version/range_1.4-99"],
    "server.version.1.4": ["server.version/electrum-4.5.8_1.4", "server.version/ssl"],
    "server.version.second": ["server.version/second"], "server.ping": ["server.ping"],
    "server.features": ["server.features", "server.features/ssl"],
    "server.banner": ["server.banner"], "server.donation_address": ["server.donation_address"],
    "server.peers.subscribe": ["server.peers.subscribe"],
    "blockchain.headers.subscribe": ["headers.subscribe"], "block.header.0": ["block.header/0"],
    "block.header.proof": ["block.header/cp"],
    "block.headers.0": ["block.headers/0_2", "block.headers/0_2/proto1.6"],
    "block.header.above-tip": ["block.header/tip+1"],
    "transaction.id_from_pos.0-0": ["transaction.id_from_pos/0_0"],
    "transaction.get_merkle.newest.p2wpkh": ["transaction.get_merkle/ok"],
    "estimatefee.2": ["estimatefee/2"], "relayfee": ["relayfee"],
    "mempool.get_info": ["mempool.get_info/proto1.6"],
    "mempool.get_fee_histogram": ["mempool.get_fee_histogram"],
    "balance.p2pkh": ["scripthash.get_balance/p2pkh"],
    "malformed.unknown-method": ["rpc/unknown_method"],
    "malformed.wrong-type": ["block.header/str0"], "malformed.too-few": ["block.header/none"],
    "malformed.too-many": ["headers.subscribe/raw_true"],
    "malformed.bad-scripthash": ["scripthash.get_balance/bad_nonhex"],
    "malformed.named": ["block.header/named"], "malformed.params-null": ["rpc/params_null"],
    "malformed.id-null": ["rpc/id_null"], "malformed.id-float": ["rpc/id_float"],
    "malformed.id-list": ["rpc/id_list"], "malformed.no-id": ["rpc/no_id"],
    "malformed.no-method": ["rpc/no_method"], "malformed.extra-key": ["dialect/extra_key"],
    "malformed.batch": ["batch/mixed"], "limits.batch-12": ["batch/two"],
    "removed.address.get_balance": ["address.get_balance/p2pkh"],
    "removed.block.get_header": ["block.get_header"],
    "removed.numblocks.subscribe": ["numblocks.subscribe"],
    "malformed.scalar": ["json/number"], "malformed.batch-empty": ["batch/empty"],
    "junk.invalid-json": ["json/invalid"], "junk.not-utf8": ["json/non_utf8"],
    "junk.blank-line": ["json/blank"],
    "broadcast.malformed": ["transaction.broadcast/garbage_hex"],
  ]

  /// Since protocol 1.7 scripts are asked otherwise.
  private static let histories = [
    false: "scripthash.get_history/p2pkh", true: "scriptpubkey.get_history/1.7",
  ]

  static func all() throws -> [RecordedServer] {
    let transcripts = try Transcript.all()
    let names = [
      ("ElectrumX", KnownImplementation.electrumX), ("Fulcrum", .fulcrum),
      ("ElectrumX-kyuupichan-BSV", .electrumXSV),
    ]
    return names.flatMap { name, implementation in
      let its = transcripts.filter { $0.implementation == name }
      return Set(its.map(\.version)).sorted().compactMap { version in
        RecordedServer(implementation, version, its.filter { $0.version == version })
      }
    }
  }

  private init?(
    _ implementation: KnownImplementation, _ version: String, _ transcripts: [Transcript]
  ) {
    guard let release = ProtocolVersion(version) else { return nil }
    self.implementation = implementation
    self.release = release
    name = "\(implementation.name) \(version)"
    let observe = { (probe: String, question: String) in
      transcripts.filter { $0.probe == question && !$0.isAbridged }.map {
        Self.observation($0, of: probe)
      }
    }
    let hello = Self.questions["server.version.1.6", default: []].flatMap {
      observe("server.version.1.6", $0)
    }
    guard case .value(let text) = hello.first?[.protocolVersion],
      let agreed = ProtocolVersion(text), let scripts = ProtocolVersion("1.7")
    else { return nil }
    let asked = ProbeCatalog.all(clientName: "test").filter { $0.protocols.contains(agreed) }
    replies =
      asked.flatMap { probe in
        Self.questions[probe.id, default: []].flatMap { observe(probe.id, $0) }
      } + (Self.histories[agreed >= scripts].map { observe("history.p2pkh", $0) } ?? [])
  }

  /// As a scan would have it.
  private static func observation(_ transcript: Transcript, of probe: String) -> ReplyObservation {
    var text = String(decoding: transcript.response, as: UTF8.self)
    for name in ["ElectrumX", "Fulcrum"] { text.replace("\(name) \(transcript.version)", with: "") }
    var line: Int?
    var outcome: Outcome = transcript.closed ? .closedNoReply : .replyNone
    for (index, bytes) in text.utf8.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let value = try? WireDocument(parsing: bytes).value,
        let reply = ElectrumMessage(value).replies.first
      else { continue }
      line = index
      outcome = .answered
      if value.elements == nil, let error = reply.error {
        outcome = ReplyClassifier.outcome(of: error)
      }
      break
    }
    let exchange = Exchange(outcome: outcome, probe: probe).with {
      $0.id = 1
      $0.line = line
    }
    let reply = Reply(
      exchange, sequence: 1, endpointID: "e", attempt: 1,
      lines: ReplyLines([
        Chunk().with {
          $0.data = text
        }
      ]), form: .bytes)
    return ReplyObservation(reply.record, result: reply.result)
  }

  /// What a plan asks of it.
  func observations(_ plans: [ProbePlan]) -> SoftwareObservations {
    let asked = Set(plans.flatMap(\.sessions).flatMap(\.probes).map(\.id))
    return SoftwareObservations(replies.filter { asked.contains($0.probe) })
  }
}
