import Artifact
import Ordering
import Records

/// Equivalence classes of response signatures under missing observations.
///
/// Servers in order of (missing probes, id) join the first class whose representative agrees on
/// every probe that both answered, if those are enough; they fill the representative's gaps.
struct BehaviourClasses: Sendable {
  struct Class: Sendable {
    /// By probe of the table: what its members answered.
    var representative: [UInt16]
    /// Places in the table.
    var members: [Int]
  }

  private(set) var classes: [Class] = []
  /// Servers of which too little was observed.
  private(set) var unclassed: [Int] = []

  /// - Parameters:
  ///   - servers: places in the table, in the order in which they are placed; nil: all of them, by
  ///     missing probes and id.
  ///   - probes: how many probes the shares are of.
  init(
    _ table: BehaviourTable, servers: [Int]? = nil, probes: Int? = nil,
    _ parameters: ClusterParameters
  ) {
    let count = probes ?? table.probes.count
    let width = table.probes.count
    let observed = table.servers.indices.map(table.observed)
    let ordered =
      servers
      ?? table.servers.indices.sorted {
        observed[$0] != observed[$1] ? observed[$0] > observed[$1] : $0 < $1
      }
    let enough = parameters.minimumOverlap * Double(count)
    for server in ordered {
      guard count > 0, Double(observed[server]) >= parameters.minimumCoverage * Double(count) else {
        unclassed.append(server)
        continue
      }
      let own = table.codes[server * width..<(server + 1) * width]
      if let index = classes.firstIndex(where: {
        Self.shared(own, $0.representative).map { Double($0) >= enough } ?? false
      }) {
        classes[index].members.append(server)
        for (probe, code) in own.enumerated() where classes[index].representative[probe] == 0 {
          classes[index].representative[probe] = code
        }
      } else {
        classes.append(Class(representative: Array(own), members: [server]))
      }
    }
    joinEqualClasses()
  }

  /// Classes whose representatives were filled until they answer alike are one.
  private mutating func joinEqualClasses() {
    var joined: [Class] = []
    var places: [[UInt16]: Int] = [:]
    for each in classes {
      if let place = places[each.representative] {
        joined[place].members += each.members
      } else {
        places[each.representative] = joined.count
        joined.append(each)
      }
    }
    classes = joined
  }

  /// Probes observed of both; nil where one of them differs.
  static func shared(_ own: ArraySlice<UInt16>, _ other: [UInt16]) -> Int? {
    own.withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { other in
        var joint = 0
        for probe in own.indices where own[probe] != 0 && other[probe] != 0 {
          guard own[probe] == other[probe] else { return nil }
          joint += 1
        }
        return joint
      }
    }
  }

  /// Id of a class, from what its members answer: the same in every dataset.
  static func id(of representative: [UInt16], _ table: BehaviourTable) -> String {
    let text = table.probes.enumerated().compactMap { index, probe in
      table.signature(representative[index], probe: index).map { "\(probe)=\($0)" }
    }
    return Identifier.group(prefix: "k_", anchor: text.joined(separator: "\n"))
  }
}
