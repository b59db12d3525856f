internal import Artifact
import Digests
internal import ElectrumProtocol

/// What a request tells its server: the method, and the scripts and transactions in its arguments.
struct RequestQuestion: Equatable {
  /// Longest method name and client name kept, bytes of UTF-8.
  private static let longestText = 200

  var method: String?
  /// In the order of the arguments; addresses and scripts as their scripthash.
  var scripthashes: [String] = []
  var transactions: [String] = []
  /// First argument of `server.version`.
  var clientName: String?
  /// SHA-256 of the arguments as compact JSON; nil where there are none.
  var parametersDigest: String?
  /// What is wrong with a line that is no request.
  var malformed: String?
  /// Number of requests in the batch; nil outside one.
  var batch: Int?

  /// The requests of one line, at least one.
  static func read(_ line: ArraySlice<UInt8>, network: BitcoinNetwork) -> [RequestQuestion] {
    let value: WireValue
    do throws(WireDefect) {
      value = try WireDocument(parsing: line).value
    } catch {
      return [
        RequestQuestion(malformed: "not JSON at byte \(error.offset): \(error.kind.rawValue)")
      ]
    }
    guard let items = value.elements, !items.isEmpty else {
      return [RequestQuestion(value, network: network)]
    }
    return items.map {
      var question = RequestQuestion($0, network: network)
      question.batch = items.count
      return question
    }
  }

  private init(malformed: String) {
    self.malformed = malformed
  }

  private init(_ value: WireValue, network: BitcoinNetwork) {
    guard value.members != nil else {
      malformed = "no object"
      return
    }
    guard let method = value["method"]?.text else {
      malformed = "no method"
      return
    }
    self.method = Self.bounded(method)
    let parameters = value["params"]
    if let parameters, !parameters.isNull, parameters.elements?.isEmpty != true {
      parametersDigest = Hex.text(SHA256.digest(parameters.encoded()))
    }
    let arguments = parameters?.elements ?? parameters?.members?.map(\.value) ?? []
    if method == "server.version" { clientName = arguments.first?.text.map(Self.bounded) }
    let texts = arguments.compactMap(\.text)
    if method.hasPrefix("blockchain.scripthash.") {
      scripthashes = texts.prefix(1).compactMap { Scripthash($0)?.text }
    } else if method.hasPrefix("blockchain.scriptpubkey.") {
      scripthashes = texts.prefix(1).compactMap(Hex.bytes).map {
        Scripthash(scriptPubKey: $0).text
      }
    } else if method.hasPrefix("blockchain.address.") {
      scripthashes = texts.prefix(1).compactMap { BitcoinAddress($0, network: network) }.map {
        Scripthash(scriptPubKey: $0.scriptPubKey).text
      }
    } else if method.hasPrefix("blockchain.transaction.") {
      transactions = texts.compactMap { Scripthash($0)?.text }
    }
  }

  private static func bounded(_ text: String) -> String {
    text.utf8.count <= longestText
      ? text : String(decoding: text.utf8.prefix(longestText), as: UTF8.self)
  }

  var members: [(String, JSONValue)] {
    var result: [(String, JSONValue)] = []
    if let method { result.append(("method", .string(method))) }
    if let clientName { result.append(("client_name", .string(clientName))) }
    if let parametersDigest { result.append(("params_sha256", .string(parametersDigest))) }
    if let malformed { result.append(("malformed", .string(malformed))) }
    if let batch { result.append(("batch", .integer(batch))) }
    if !scripthashes.isEmpty {
      result.append(("scripthashes", .array(scripthashes.map { .string($0) })))
    }
    if !transactions.isEmpty {
      result.append(("transactions", .array(transactions.map { .string($0) })))
    }
    return result
  }
}
