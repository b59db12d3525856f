import Artifact
import Ordering
import Records

/// What servers answered, by server and probe, in codes that are quick to compare.
struct BehaviourTable: Sendable {
  /// In the order of their ids.
  let servers: [String]
  let probes: [String]
  /// Timings that are compared: probes asked on the direct way.
  let timings: [String]
  /// By server and probe: 0 where it was not observed, else 1 and up by the order of signatures.
  let codes: [UInt16]
  /// By server and timing; NaN where it is not known.
  let times: [Double]
  /// By probe: the signatures in the order of their codes, from 1 on.
  private let signatures: [[String]]

  /// - Parameters:
  ///   - signatures: by server, of every server that is to be compared, then by probe.
  ///   - times: by server, then by probe.
  init(_ signatures: [String: [String: String]], times: [String: [String: Double]] = [:]) {
    let servers = signatures.keys.sorted()
    let probes = Set(signatures.values.flatMap(\.keys)).sorted()
    let timings = Set(servers.flatMap { times[$0].map { Array($0.keys) } ?? [] }).sorted()
    var values: [[String]] = []
    var codes = [UInt16](repeating: 0, count: servers.count * probes.count)
    for (column, probe) in probes.enumerated() {
      let known = Set(signatures.values.compactMap { $0[probe] }).sorted()
      let code = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0 + 1) })
      for (row, server) in servers.enumerated() {
        guard let signature = signatures[server]?[probe] else { continue }
        // Beyond 65,535 answers to one probe the rest is one answer.
        codes[row * probes.count + column] = UInt16(clamping: code[signature] ?? 0)
      }
      values.append(known)
    }
    self.servers = servers
    self.probes = probes
    self.timings = timings
    self.codes = codes
    self.signatures = values
    self.times = servers.flatMap { server in timings.map { times[server]?[$0] ?? .nan } }
  }

  private init(_ table: BehaviourTable, codes: [UInt16]) {
    servers = table.servers
    probes = table.probes
    timings = table.timings
    self.codes = codes
    times = table.times
    signatures = table.signatures
  }

  func signature(_ code: UInt16, probe: Int) -> String? {
    code == 0 ? nil : signatures[probe][Int(code) - 1]
  }

  /// Answers that the probe got.
  func values(probe: Int) -> Int { signatures[probe].count }

  func observed(_ server: Int) -> Int {
    codes[server * probes.count..<(server + 1) * probes.count].count { $0 != 0 }
  }

  /// Share of all probes that were observed of the server.
  func coverage(_ server: Int) -> Double {
    probes.isEmpty ? 0 : Double(observed(server)) / Double(probes.count)
  }

  /// The same servers, with only some probes.
  func keeping(probes kept: [Int]) -> BehaviourTable {
    var codes = [UInt16](repeating: 0, count: self.codes.count)
    for server in servers.indices {
      for probe in kept {
        codes[server * probes.count + probe] = self.codes[server * probes.count + probe]
      }
    }
    return BehaviourTable(self, codes: codes)
  }
}
