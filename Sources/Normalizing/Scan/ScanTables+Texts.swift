import Records

extension ScanTables {
  /// Reads what the servers' names and texts amount to; call when the servers are there.
  mutating func readTexts(_ reader: TextReader, _ memory: inout TextMemory) {
    for index in servers.indices {
      let read = memory.read(servers[index], with: reader)
      servers[index].textFacts = read.facts
      contacts += read.contacts
    }
    memory.beginScan()
  }
}
