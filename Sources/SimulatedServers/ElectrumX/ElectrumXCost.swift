internal import ElectrumProtocol

/// What ElectrumX charges, and how long its parts take.
package enum ElectrumXCost {
  static let error = ElectrumXCharges.errorReply
  static let junk = ElectrumXCharges.junk
  static let bytesPerUnit = ElectrumXCharges.bytesPerUnit

  /// - Parameter items: coins or history entries looked at.
  static func of(_ method: String, _ arguments: [WireValue?], items: Int) -> Double {
    let verb = method.split(separator: ".").last.map(String.init) ?? ""
    switch method {
    case "server.features": return 0.2
    case "server.peers.subscribe": return 1
    case "server.ping", "server.donation_address": return 0.1
    case "server.banner", "server.version": return 0.5
    case "server.add_peer": return 100
    case "blockchain.headers.subscribe": return 0.25
    case "blockchain.block.header": return arguments.count > 1 && arguments[1] != nil ? 1.25 : 1
    case "blockchain.block.headers":
      return Double(PythonText.int(arguments.dropFirst().first.flatMap { $0 } ?? .null) ?? 0) / 50
    case "blockchain.estimatefee": return 0.1
    case "blockchain.transaction.broadcast", "blockchain.transaction.broadcast_package",
      "blockchain.transaction.testmempoolaccept":
      let length = arguments.first.flatMap { $0 }.map { $0.encoded().count } ?? 0
      return 0.25 + Double(length) / bytesPerUnit
    default: break
    }
    switch verb {
    case "get_balance", "listunspent": return 1 + Double(items) / 50
    case "get_history": return 0.1 + Double(items) * 0.001 + 0.25
    case "subscribe": return 0.2 + Double(items) * 0.0024
    case "get_mempool": return 0.25 + Double(items) / 50
    case "unsubscribe", "get_status": return 0.1
    default: return 1
    }
  }

  /// What a method waits for before it answers.
  package enum Wait: Sendable {
    case nothing, database, daemon
  }

  package static func wait(for method: String) -> Wait {
    switch method {
    case "blockchain.scripthash.get_balance", "blockchain.scripthash.listunspent",
      "blockchain.scriptpubkey.get_balance", "blockchain.scriptpubkey.listunspent",
      "blockchain.transaction.get_merkle", "blockchain.transaction.id_from_pos":
      .database
    case "blockchain.transaction.get", "blockchain.transaction.broadcast",
      "blockchain.transaction.broadcast_package", "blockchain.transaction.testmempoolaccept",
      "blockchain.relayfee", "mempool.get_info", "blockchain.estimatefee":
      .daemon
    default: .nothing
    }
  }

  /// Seconds; a thread pool answers in no fixed order.
  package static func seconds(_ wait: Wait, items: Int, draw: Double) -> Double {
    switch wait {
    case .nothing: 0
    case .database: (0.3 + draw * 1.5) / 1_000 + Double(items) * 2e-6
    case .daemon: (1 + draw * 0.5) / 1_000
    }
  }
}
