import Artifact
import Records

/// The rows of advertisements of a scan in their order, put together from what sources have in common:
/// each different tuple once, and who tells it.
struct AdvertisementTable {
  /// What the rows of one tuple have in common.
  private struct Encoded {
    let columns: [UInt8]
    /// The columns of the key after a source.
    let key: SortKey
  }

  /// More tuples are encoded for each row, so that a flood of them does not fill the memory.
  private static let mostEncoded = 1 << 14

  private(set) var told: [PeerTuples.Statement] = []
  private(set) var catalog = TupleCatalog()
  private var readings: [AdvertisementReader.Reading] = []

  /// Without rows.
  init() {}

  /// - Parameters:
  ///   - told: by source, in the order of the rows.
  ///   - readings: of the tuples, by number.
  init(
    told: [PeerTuples.Statement], catalog: TupleCatalog, readings: [AdvertisementReader.Reading]
  ) {
    self.told = told
    self.catalog = catalog
    self.readings = readings
  }

  /// Writes the rows, none of them kept.
  func write(to writer: ArtifactWriter<Advertisement>) throws(ArtifactError) {
    var encoded = [Encoded?](repeating: nil, count: catalog.limit)
    var kept = 0
    for source in told {
      let (kind, name) = (source.source.kind, source.source.name)
      let columns = RowEncoder.columns(of: Advertisement.self) {
        Advertisement.encode(sourceKind: kind, source: name, to: &$0)
      }
      let sourceKey = SortKey.of(kind.rawValue, name)
      for mention in source.tuples {
        let tuple = encoded[mention.number] ?? encode(mention, of: source)
        if encoded[mention.number] == nil, kept < Self.mostEncoded {
          encoded[mention.number] = tuple
          kept += 1
        }
        try writer.append(key: SortKey(sourceKey, tuple.key)) { encoder in
          encoder.append(columns: columns)
          encoder.append(columns: tuple.columns)
          Advertisement.encode(
            count: mention.count, heardAt: mention.heardAt, sourceDropped: source.dropped,
            to: &encoder)
        }
      }
    }
  }

  private func encode(_ told: FirstTuples.Mention, of source: PeerTuples.Statement) -> Encoded {
    let row = row(source, told)
    return Encoded(
      columns: RowEncoder.columns(of: Advertisement.self) { row.encodeTuple(to: &$0) },
      key: Advertisement.tupleKey(
        address: row.address, host: row.host, features: row.features,
        exactSHA256: row.exactSHA256))
  }

  private func row(_ source: PeerTuples.Statement, _ told: FirstTuples.Mention) -> Advertisement {
    let tuple = catalog[told.number]
    let reading = readings[told.number]
    return Advertisement(
      sourceKind: source.source.kind, source: source.source.name, address: tuple.address,
      host: tuple.host, network: reading.network
    ).with {
      $0.features = tuple.features
      $0.exactSHA256 = tuple.exactSHA256
      $0.valid = reading.reason == nil
      $0.reason = reading.reason
      $0.protocolMax = reading.protocolMax
      $0.tcpPort = reading.tcpPort
      $0.sslPort = reading.sslPort
      $0.count = told.count
      $0.heardAt = told.heardAt
      $0.sourceDropped = source.dropped
    }
  }

  /// What was dropped; nil where nothing was.
  func droppedText(maximum: Int) -> String? {
    let dropped = told.map(\.dropped).filter { $0 > 0 }
    if dropped.isEmpty { return nil }
    return "\(dropped.reduce(0, +)) peer tuples of \(dropped.count) sources dropped, which "
      + "name more than \(maximum) each"
  }
}
