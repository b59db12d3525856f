import RecordLinkage
import Records

/// The partition into likely operators under other assumptions.
enum OperatorBands {
  /// The prior a bit lower and higher, and each group left out.
  static func variants(_ model: LinkageModel) -> [(name: String, model: LinkageModel)] {
    var variants: [(String, LinkageModel)] = []
    for (name, shift) in [("prior-1", -1.0), ("prior+1", 1.0)] {
      var other = model
      other.priorShift += shift
      variants.append((name, other))
    }
    for group in OperatorGroup.weighed {
      var other = model
      other.leftOut.insert(group.rawValue)
      variants.append(("without-" + group.name, other))
    }
    return variants
  }

  static func rows(
    _ partitions: OperatorPartitions, threads: Int, memory: Int
  ) throws(LinkageError) -> [OperatorBand] {
    let ids = partitions.servers.map(\.id)
    var rows: [OperatorBand] = []
    for (name, model) in variants(partitions.linkage.model) {
      let other = try Linkage(
        partitions.linkage.evidence, model: model, threads: threads, memory: memory)
      rows += ids.indices.map { index in
        OperatorBand(
          variant: name, serverID: ids[index],
          operatorID: OperatorTables.id("o_", ids[other.clusters[index]]))
      }
    }
    return rows
  }
}
