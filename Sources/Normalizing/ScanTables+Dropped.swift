import Records

extension ScanTables {
  /// Says of each advertisement how many of its source were dropped.
  mutating func countDropped(_ tuples: PeerTuples) {
    let dropped = tuples.dropped
    if dropped.isEmpty { return }
    for index in advertisements.indices {
      let row = advertisements[index]
      let source = PeerTuples.Source(kind: row.sourceKind, name: row.source)
      advertisements[index].sourceDropped = dropped[source] ?? 0
    }
  }
}
