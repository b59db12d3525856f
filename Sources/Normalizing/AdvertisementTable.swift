import Records

/// The rows of advertisements of a scan in their order, made one at a time from what sources have in
/// common: each different tuple once, and who tells it.
struct AdvertisementTable: Sequence {
  private(set) var told: [PeerTuples.Told] = []
  private(set) var catalog = TupleCatalog()
  private var readings: [AdvertisementReader.Reading] = []

  /// Without rows.
  init() {}

  /// - Parameters:
  ///   - told: by source, in the order of the rows.
  ///   - readings: of the tuples, by number.
  init(
    told: [PeerTuples.Told], catalog: TupleCatalog, readings: [AdvertisementReader.Reading]
  ) {
    self.told = told
    self.catalog = catalog
    self.readings = readings
  }

  struct Iterator: IteratorProtocol {
    fileprivate let table: AdvertisementTable
    private var source = 0
    private var tuple = 0

    fileprivate init(table: AdvertisementTable) { self.table = table }

    mutating func next() -> Advertisement? {
      while source < table.told.count {
        let told = table.told[source]
        if tuple < told.tuples.count {
          defer { tuple += 1 }
          return table.row(told, told.tuples[tuple])
        }
        (source, tuple) = (source + 1, 0)
      }
      return nil
    }
  }

  func makeIterator() -> Iterator { Iterator(table: self) }

  private func row(_ source: PeerTuples.Told, _ told: FirstTuples.Told) -> Advertisement {
    let tuple = catalog[told.number]
    let reading = readings[told.number]
    return Advertisement(
      sourceKind: source.source.kind, source: source.source.name, address: tuple.address,
      host: tuple.host, features: tuple.features, network: reading.network,
      valid: reading.reason == nil, reason: reading.reason, protocolMax: reading.protocolMax,
      tcpPort: reading.tcpPort, sslPort: reading.sslPort, count: told.count,
      heardAt: told.heardAt, sourceDropped: source.dropped)
  }

  /// What was dropped; nil where nothing was.
  func droppedText(maximum: Int) -> String? {
    let dropped = told.map(\.dropped).filter { $0 > 0 }
    if dropped.isEmpty { return nil }
    return "\(dropped.reduce(0, +)) peer tuples of \(dropped.count) sources dropped, which "
      + "name more than \(maximum) each"
  }
}
