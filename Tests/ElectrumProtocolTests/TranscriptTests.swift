import ElectrumProtocol
import TestSupport
import Testing

@Suite(.enabled(if: Shared.exists, "the folder of shared data is not there")) struct TranscriptTests
{
  /// The ids that a request asks about, as the answers spell them.
  private func identifiers(of request: [UInt8]) -> [WireValue] {
    request.split(separator: UInt8(ascii: "\n")).flatMap { line -> [WireValue] in
      guard let value = try? WireDocument(parsing: line, limits: .init(depth: 900)).value else {
        return []
      }
      return (value.elements ?? [value]).compactMap { $0["id"] }
    }
  }

  @Test func `every recorded reply is read and pairs with its request`() throws {
    var lines = 0
    var unpaired: Set<String> = []
    for transcript in try Transcript.all() where !transcript.isAbridged {
      var splitter = LineSplitter()
      splitter.append(transcript.response)
      let asked = identifiers(of: transcript.request).compactMap(\.integer)
      while let line = try splitter.next() {
        lines += 1
        let message = ElectrumMessage(try WireDocument(parsing: line).value)
        if case .other = message { unpaired.insert("no message: \(transcript.probe)") }
        for number in message.replies.compactMap(\.number) where !asked.contains(number) {
          unpaired.insert(transcript.probe)
        }
      }
    }
    #expect(lines > 3_000)
    // Bursts and long lines are recorded without their middle; ids written 1e3 and 1.0 come back
    // changed.
    let explained = unpaired.filter { probe in
      ["burst/", "size/", "rpc/id_"].contains { probe.hasPrefix($0) }
    }
    #expect(unpaired.subtracting(explained) == [])
  }

  @Test func `the shape tells implementations and ages apart`() throws {
    for transcript in try Transcript.all() where transcript.probe == "server.banner" {
      let shape = try WireDocument(parsing: transcript.response).shape
      let isFulcrum = transcript.implementation == "Fulcrum"
      #expect(shape.lineEnd == (isFulcrum ? .carriageReturnLineFeed : .lineFeed))
      #expect(
        shape.topKeys == (isFulcrum ? ["id", "jsonrpc", "result"] : ["jsonrpc", "result", "id"]))
      #expect((shape.separators == .spaced) == (transcript.version == "1.16.0"))
      let padded = ["1.18.0", "1.19.0", "2.0.0"].contains(transcript.version)
      #expect((shape.paddingSpaces > 0) == padded)
      #expect((transcript.response.count == 1024) == padded)
    }
  }

  @Test func `recorded throttles are recognised`() throws {
    var throttled = 0
    for transcript in try Transcript.all() where transcript.probe.hasPrefix("burst/unknown") {
      if transcript.isAbridged { continue }
      for line in transcript.response.split(separator: UInt8(ascii: "\n")) {
        let replies = ElectrumMessage(try WireDocument(parsing: line).value).replies
        throttled += replies.filter { $0.error?.meaning == .throttled }.count
      }
    }
    #expect(throttled > 0)
  }
}
