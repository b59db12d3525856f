import Artifact
import ElectrumProtocol
import Memoization
import Records

/// What the texts of the servers of a scan and of the one before amount to: a server mostly says the
/// same again.
struct TextMemory {
  struct Read {
    let facts: TextFacts
    let contacts: [Contact]
  }

  /// By the server and all that is read of it, to the byte.
  private var servers = Memo<SortKey, Read>()

  mutating func read(_ server: Server, with reader: TextReader) -> Read {
    // Of names alone little is made, and a flood of peers has nothing but names.
    guard server.banner != nil || server.donationAddress != nil || server.serverVersionText != nil
    else { return Self.read(server, reader) }
    return servers.value(for: Self.said(by: server, reader)) { Self.read(server, reader) }
  }

  /// Forgets what was not met in the scan that ends.
  mutating func beginScan() { servers.turn() }

  private static func read(_ server: Server, _ reader: TextReader) -> Read {
    var facts = reader.facts(of: server)
    let found = reader.contacts(of: server)
    facts.contactsDropped = found.dropped
    return Read(facts: facts, contacts: found.rows)
  }

  private static func said(by server: Server, _ reader: TextReader) -> SortKey {
    var said = SortKey.of(server.serverID, reader.network?.rawValue ?? "")
    for names in [server.names, server.verifiedNames] {
      said.append(names.count)
      for name in names { said.append(name) }
    }
    for text in [
      server.banner, server.donationAddress, server.serverVersionText, server.genesisHash,
    ] {
      said.append(text == nil ? 0 : 1)
      said.append(text ?? "")
    }
    return said
  }
}
