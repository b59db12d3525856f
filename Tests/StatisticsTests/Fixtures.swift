import Foundation

/// Golden values of scipy and scikit-learn beside the project, where they are present.
enum Fixtures {
  static let url = URL(
    filePath: "../shared/reference/statistics-fixtures.json",
    relativeTo: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  )

  static var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

  struct Content: Decodable {
    struct Proportion: Decodable {
      var k: Int
      var n: Int
      var lo: Double
      var hi: Double
    }
    struct Centralisation: Decodable {
      var counts: [Int]
      var hhi: Double
      var hhiUnbiased: Double
      var nakamoto50: Int
      var gini: Double
    }
    struct Partition: Decodable {
      var y: [Int]
      var z: [Int]
      var ari: Double
      var v: Double
    }
    struct Binary: Decodable {
      var y: [Int]
      var s: [Double]
      var auc: Double
      var ap: Double
      var brier: Double
    }
    /// scipy's survival function: at least `k` of `m` draws from `T` items, of which `n` are marked.
    struct Tail: Decodable {
      var k: Int
      var population: Int
      var n: Int
      var m: Int
      var p: Double

      enum CodingKeys: String, CodingKey {
        case k
        case population = "T"
        case n
        case m
        case p
      }
    }
    var hypergeomSf: [Tail]
    var partition: Partition
    var binary: Binary
    var clopperPearson: [Proportion]
    var centralisation: Centralisation
  }

  static func load() throws -> Content {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Content.self, from: Data(contentsOf: url))
  }
}
