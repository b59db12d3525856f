import Artifact
import ElectrumProtocol
import Records

/// What the texts of the servers of a scan and of the one before amount to: a server mostly says the
/// same again.
struct TextMemory {
  struct Read {
    let facts: TextFacts
    let contacts: [Contact]
  }

  private struct Known {
    /// All that was read, to the byte.
    let said: SortKey
    let read: Read
  }

  private var current: [String: Known] = [:]
  private var earlier: [String: Known] = [:]

  mutating func read(_ server: Server, with reader: TextReader) -> Read {
    // Of names alone little is made, and a flood of peers has nothing but names.
    guard server.banner != nil || server.donationAddress != nil || server.serverVersionText != nil
    else { return Self.read(server, reader) }
    let said = Self.said(by: server, reader)
    if let known = earlier[server.serverID], known.said == said {
      current[server.serverID] = known
      return known.read
    }
    let read = Self.read(server, reader)
    current[server.serverID] = Known(said: said, read: read)
    return read
  }

  /// Forgets what was not met in the scan that ends.
  mutating func beginScan() {
    earlier = current
    current = [:]
  }

  private static func read(_ server: Server, _ reader: TextReader) -> Read {
    var facts = reader.facts(of: server)
    let found = reader.contacts(of: server)
    facts.contactsDropped = found.dropped
    return Read(facts: facts, contacts: found.rows)
  }

  private static func said(by server: Server, _ reader: TextReader) -> SortKey {
    var said = SortKey.of(reader.network?.rawValue ?? "")
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
