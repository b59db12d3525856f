import ElectrumProtocol
import Records
import SoftwareIdentification
import Testing

@testable import Normalizing

/// Every rule is met by something that a server says.
struct RuleCoverageTests {
  /// Replies of software and situations that the simulator does not have, after the sources.
  private static let written: [(probe: String, line: String)] = [
    ("server.version", #"{"id":1,"jsonrpc":"2.0","result":["x","1.5"]}"#),
    ("server.version", #"{"id":1,"jsonrpc":"2.0","result":["x","1.4.4"]}"#),
    ("server.version", #"{"id":1,"jsonrpc":"2.0","result":["x","1.5.2"]}"#),
    ("server.version", #"{"jsonrpc":"2.0","result":["jelectum absurd","1.1"],"id":1}"#),
    (
      "balance.p2pkh",
      #"{"error":{"code":-32000,"data":null,"message":"Internal JSON-RPC error."},"#
        + #""id":1,"jsonrpc":"2.0"}"#
    ),
    (
      "junk.invalid-json",
      #"{"error":{"code":-32700,"message":"Parse error. Invalid JSON was received by the "#
        + #"server."},"id":null,"jsonrpc":"2.0"}"#
    ),
    ("malformed.bad-scripthash", #"{"error":"bad script_hash","id":1,"jsonrpc":"2.0"}"#),
    (
      "block.header.above-tip",
      #"{"error": {"message": "height 900 out of range", "code": -1}, "jsonrpc": "2.0", "id": 1}"#
    ),
    ("history.p2tr", #"{"jsonrpc":"2.0","error":{"code":1,"message":"history too large"},"id":1}"#),
    (
      "history.p2tr",
      #"{"jsonrpc":"2.0","error":{"code":10001,"message":"history too large"},"id":1}"#
    ),
    (
      "history.p2tr",
      #"{"jsonrpc":"2.0","error":{"code":-32600,"message":"response too large (over 350,000 "#
        + #"bytes"},"id":1}"#
    ),
    (
      "server.ping",
      #"{"jsonrpc":"2.0","error":{"code":-101,"message":"excessive resource usage"},"id":1}"#
    ),
    (
      "server.ping",
      #"{"jsonrpc":"2.0","error":{"code":-102,"message":"server busy - request timed out"},"id":1}"#
    ),
    (
      "server.ping",
      #"{"error":{"code":3,"message":"Excessive flood, please throttle your client "#
        + #"implementation to not do this"},"id":1,"jsonrpc":"2.0"}"#
    ),
    (
      "limits.batch-12",
      #"{"error":{"code":4,"message":"Batch limit exceeded"},"id":null,"jsonrpc":"2.0"}"#
    ),
    // What earlier plans asked of servers that speak 1.7, padded as by those.
    ("server.version", padded(#"{"jsonrpc":"2.0","result":["x","1.7"],"id":1}"#)),
    ("history.p2tr", padded(#"{"jsonrpc":"2.0","result":{"history":[]},"id":1}"#)),
  ]

  /// Fulcrum's are those of its own versions and limits.
  private static func lineEnd(of line: String) -> String {
    let own = ["\"1.5\"", "\"1.4.4\"", "\"1.5.2\"", "Excessive flood", "Batch limit"]
    return own.contains(where: line.contains) ? "\r\n" : "\n"
  }

  private static func reply(_ probe: String, _ line: String) throws -> ReplyObservation {
    let value = try WireDocument(parsing: Array(line.utf8)).value
    let isError = value["error"] != nil
    let reply = Reply(
      Exchange(outcome: isError ? .replyError : .answered, probe: probe).with {
        $0.id = 1
        $0.line = 0
      },
      sequence: 1, endpointID: "e", attempt: 1,
      lines: ReplyLines([
        Chunk().with {
          $0.data = line + lineEnd(of: line)
        }
      ]),
      form: .bytes)
    return ReplyObservation(reply.record, result: reply.result)
  }

  /// To a kilobyte with its end.
  private static func padded(_ line: String) -> String {
    line.dropLast() + String(repeating: " ", count: 1_023 - line.utf8.count) + "}"
  }

  private static func met(_ observations: SoftwareObservations) -> Set<String> {
    Set(SoftwareIdentifier.identify(observations).findings.map(\.rule))
  }

  @Test func `every rule is met`() throws {
    var met: Set<String> = []
    let servers = SimulatedServer.kinds.map(\.software) + [SimulatedServer.closing]
    for software in servers {
      let server = SimulatedServer(software: software)
      for plan in SimulatedServer.full + [SimulatedServer.everything] {
        met.formUnion(Self.met(try server.observations(plan)))
      }
    }
    let personal = SimulatedServer(software: SimulatedServer.personal)
    met.formUnion(
      Self.met(try personal.observations(SimulatedServer.full[0], isInsistent: true)))
    let simulated = met.count
    for (probe, line) in Self.written {
      met.formUnion(Self.met(SoftwareObservations([try Self.reply(probe, line)])))
    }
    print("\(RuleBook.rules.count) rules, \(simulated) met by simulated servers")
    #expect(Set(RuleBook.rules.map(\.id.text)).subtracting(met).sorted() == [])
  }

  @Test func `every written reply is somebody's`() throws {
    for (probe, line) in Self.written {
      let found = SoftwareIdentifier.identify(SoftwareObservations([try Self.reply(probe, line)]))
      #expect(!found.possibilities.isEmpty, "\(line)")
      #expect(found.status != .identified, "one reply is not enough")
    }
  }

  @Test func `texts that only one has leave one`() throws {
    let floresta = try Self.reply(Self.written[4].probe, Self.written[4].line)
    let found = SoftwareIdentifier.identify(SoftwareObservations([floresta]))
    #expect(found.possibilities.map(\.implementation) == [.floresta])
    #expect(found.status == .insufficient)
  }
}
