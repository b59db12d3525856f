/// Protocol versions with which sources list an endpoint, and by how many.
struct ListedVersions {
  /// So that a source of ever new versions fills no memory: of so many the sources are counted.
  private static let mostKept = 4

  private var sources: [String: Int] = [:]

  init() {}

  init(merging all: [ListedVersions]) {
    for one in all { sources.merge(one.sources, uniquingKeysWith: +) }
  }

  mutating func take(_ version: String) {
    guard sources[version] != nil || sources.count < Self.mostKept else { return }
    sources[version, default: 0] += 1
  }

  /// The one of most sources, of several the least; nil: none was told.
  var mostTold: String? {
    sources.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
