import Foundation

/// Average linkage by scipy, beside the project where it is present.
struct LinkageFixture: Decodable {
  let n: Int
  let condensedBits: [Double]
  let lo: Double
  let hi: Double
  let labels: [Int]

  private struct File: Decodable { let avgLink: LinkageFixture }

  static var load: LinkageFixture? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let path = "../shared/reference/statistics-fixtures.json"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? decoder.decode(File.self, from: data).avgLink
  }
}
