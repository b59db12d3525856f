import Records

extension ScanTables {
  /// Reads what the servers' names and texts amount to; call when the servers are there.
  mutating func readTexts(_ reader: TextReader) {
    for index in servers.indices {
      servers[index].textFacts = reader.facts(of: servers[index])
      let found = reader.contacts(of: servers[index])
      servers[index].textFacts.contactsDropped = found.dropped
      contacts += found.rows
    }
  }
}
