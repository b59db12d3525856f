import Artifact

/// Each different peer tuple of a scan once, by number: most sources name the same peers.
///
/// A tuple that no source counts any longer is forgotten, and its number given to another.
struct TupleCatalog {
  /// A tuple as given.
  struct Tuple {
    let address: String
    let host: String
    let features: [String]
    /// Digest of the exact tuple where credentials in it were replaced; else empty.
    let exactSHA256: String
    /// The columns of an advertisement's key after its source; empty when it is not needed any more.
    fileprivate(set) var key: SortKey
    /// Sources that count it.
    fileprivate(set) var uses = 0

    fileprivate static let nothing = Tuple(address: "", host: "", features: [], key: .empty)

    init(
      address: String, host: String, features: [String], exactSHA256: String = "", key: SortKey
    ) {
      self.exactSHA256 = exactSHA256
      self.address = address
      self.host = host
      self.features = features
      self.key = key
    }
  }

  /// By number; one without uses is not there any more.
  private var tuples: [Tuple] = []
  private var numbers: [SortKey: Int] = [:]
  private var unused: [Int] = []
  /// How often a number became free for another tuple.
  private(set) var releases = 0

  subscript(number: Int) -> Tuple { tuples[number] }

  /// Numbers are smaller.
  var limit: Int { tuples.count }

  func isUsed(_ number: Int) -> Bool { tuples[number].uses > 0 }

  /// Keeps these tuples only, which are not to be found or ordered any more.
  mutating func keep(_ kept: some Sequence<Int>) {
    numbers = [:]
    unused = []
    for number in tuples.indices {
      tuples[number].key = .empty
      tuples[number].uses = 0
    }
    for number in kept { tuples[number].uses += 1 }
    for number in tuples.indices where tuples[number].uses == 0 { tuples[number] = .nothing }
  }

  func number(of name: SortKey) -> Int? { numbers[name] }

  /// - Parameter name: by which the tuple is found again; not yet there.
  mutating func add(_ tuple: Tuple, name: SortKey) -> Int {
    let number = unused.popLast() ?? tuples.count
    if number == tuples.count { tuples.append(tuple) } else { tuples[number] = tuple }
    numbers[name] = number
    return number
  }

  mutating func use(_ number: Int) { tuples[number].uses += 1 }

  /// Ends one source's use.
  mutating func release(_ number: Int, name: (Tuple) -> SortKey) {
    tuples[number].uses -= 1
    guard tuples[number].uses == 0 else { return }
    numbers[name(tuples[number])] = nil
    tuples[number] = .nothing
    unused.append(number)
    releases += 1
  }

  /// The place of each number in the order of the keys.
  func ranks() -> [Int] {
    let order = tuples.indices.filter { tuples[$0].uses > 0 }
      .sorted { tuples[$0].key < tuples[$1].key }
    var ranks = [Int](repeating: 0, count: tuples.count)
    for (rank, number) in order.enumerated() { ranks[number] = rank }
    return ranks
  }
}
