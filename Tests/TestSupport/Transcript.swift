import Artifact
import Foundation

/// One recorded question to a real server with all that came back.
public struct Transcript: Sendable {
  public let implementation: String
  public let version: String
  public let transport: String
  public let probe: String
  /// Protocol version negotiated before the question; nil: it was the first of its connection.
  public let protocolVersion: String?
  /// The bytes that were sent.
  public let request: [UInt8]
  /// The bytes that came back.
  public let response: [UInt8]
  /// Whether the server closed the connection.
  public let closed: Bool

  /// Whether the recording leaves out the middle of a long text.
  public var isAbridged: Bool {
    [request, response].contains { String(decoding: $0, as: UTF8.self).contains(" bytes]...") }
  }

  /// The recorded questions behind the article Protocol-Reference; summaries of bursts are left out.
  public static func all() throws -> [Transcript] {
    try lines().compactMap { Transcript(try JSONValue(parsing: $0)) }
  }

  /// All questions, and the summaries of bursts with the name of the recorded server, read once.
  public static func recorded() throws -> (
    questions: [Transcript], summaries: [(name: String, line: [UInt8])]
  ) {
    var questions: [Transcript] = []
    var summaries: [(name: String, line: [UInt8])] = []
    for line in try lines() {
      let row = try JSONValue(parsing: line)
      if let question = Transcript(row) {
        questions.append(question)
      } else if row["summary"] != nil, case .string(let implementation) = row["impl"],
        case .string(let version) = row["version"]
      {
        summaries.append(("\(implementation) \(version)", line))
      }
    }
    return (questions, summaries)
  }

  /// One JSON object each, from the file of that name in the reference folder.
  public static func lines(
    _ name: String = "electrum-transcripts.jsonl.gz"
  ) throws -> [[UInt8]] {
    let source = try ByteSource(path: Shared.path("reference/\(name)"))
    var bytes: [UInt8] = []
    while let chunk = try source.next() { bytes += chunk }
    return bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }

  private init?(_ row: JSONValue) {
    guard case .string(let implementation) = row["impl"],
      case .string(let version) = row["version"],
      case .string(let transport) = row["transport"], case .string(let probe) = row["probe"],
      case .string(let request) = row["request"], case .array(let responses) = row["responses"]
    else { return nil }
    self.implementation = implementation
    self.version = version
    self.transport = transport
    self.probe = probe
    if case .string(let version) = row["proto"] {
      protocolVersion = version
    } else {
      protocolVersion = nil
    }
    if case .string(let text) = row["request_b64"], let data = Data(base64Encoded: text) {
      self.request = Array(data)
    } else {
      self.request = Array(request.utf8)
    }
    response = responses.flatMap { chunk -> [UInt8] in
      if case .string(let text) = chunk["data"] { Array(text.utf8) } else { [] }
    }
    if case .string = row["closed"] { closed = true } else { closed = false }
  }
}
