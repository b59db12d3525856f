import Artifact
import ServerTexts
import TestSupport
import Testing

/// One release gives one mask of an error, whatever was asked and however high the chain is.
struct ErrorMaskTests {
  @Test(arguments: [
    ("height 2,201 out of range", "height <N> out of range"),
    ("Height 17 is out of range", "Height <N> is out of range"),
    (
      "require header height 5 <= cp_height 4 <= chain height 2,200",
      "require header height <N> <= cp_height <N> <= chain height <N>"
    ),
    (
      "0 arguments passed to method \"blockchain.block.header\" but it requires 1",
      "0 arguments passed to method \"blockchain.block.header\" but it requires 1"
    ),
    ("['00', {'a': 1}] is not a valid script hash", "<E> is not a valid script hash"),
    (" is not a valid script hash", "<E> is not a valid script hash"),
    ("None should be a transaction hash", "<E> should be a transaction hash"),
    (
      "blockchain.estimatefee first parameter should be a non-negative integer",
      "blockchain.estimatefee first parameter should be a non-negative integer"
    ),
    ("unsupported protocol version: ['1.6', '1.4']", "unsupported protocol version: <E>"),
    ("unknown method \"foo.bar\"", "unknown method \"foo.bar\""),
    (
      "tx abababababababababababababababababababababababababababababababab not in block at height 152",
      "tx <H> not in block at height <N>"
    ),
    (
      "db error: DBError('block 10,000,000 not on disk (>2,200)')",
      "db error: DBError('block <N> not on disk (><N>)')"
    ),
    (
      "daemon error: DaemonError({'code': -5, 'message': 'No such transaction.'})",
      "daemon error: DaemonError({'code': -5, 'message': 'No such transaction.'})"
    ),
    (
      "the transaction was rejected by network rules.\n\nbad-txns\n[0200]",
      "the transaction was rejected by network rules. bad-txns [<E>]"
    ),
    (
      "the transaction was rejected by network rules.\n\nTX decode failed: zz Make sure the tx has at least one input.\n",
      "the transaction was rejected by network rules. TX decode failed: <E> Make sure the tx has at least one input."
    ),
    ("response too large (over 350,000 bytes", "response too large (over <N> bytes"),
    ("Batch limit exceeded", "Batch limit exceeded"),
  ]) func `what depends on request and chain is masked, what belongs to the release is not`(
    text: String, masked: String
  ) {
    #expect(ErrorMask.mask(text) == masked)
  }

  @Test
  func `recorded errors of every server keep no request data, and differ as before by server`()
    throws
  {
    guard Shared.exists else { return }
    var byText: [String: String] = [:]
    for transcript in try Transcript.all() where !transcript.isAbridged {
      for line in transcript.response.split(separator: UInt8(ascii: "\n")) {
        guard let reply = try? JSONValue(parsing: Array(line)),
          case .string(let message)? = reply["error"]?["message"]
        else { continue }
        byText[message] = ErrorMask.mask(message)
      }
    }
    #expect(byText.count > 200)
    for (text, masked) in byText {
      #expect(ErrorMask.mask(masked) == masked, "\(text)")
      let hex = masked.split { !$0.isHexDigit }.map(\.count).max() ?? 0
      #expect(hex < 16, "\(masked)")
      #expect(!masked.contains("xpub"), "\(masked)")
    }
    // 26 texts on script hashes are one.
    let scripthash = Set(byText.filter { $0.key.hasSuffix("valid script hash") }.values)
    #expect(scripthash == ["<E> is not a valid script hash"])
    #expect(byText["Invalid scripthash"] == "Invalid scripthash")
    #expect(Set(byText.values).count < byText.count * 4 / 5)
  }
}
