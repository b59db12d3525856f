import Artifact
import Records
import Testing

/// Features: a value, absent, or unknown for a reason.
struct FeatureSetTests {
  private func profile(_ change: (inout FeatureSet) -> Void) -> FeatureProfile {
    var features = FeatureSet(unknown: .outcome(.connectRefused))
    change(&features)
    return FeatureProfile(serverID: "s_1", firstScan: "a", lastScan: "a").with {
      $0.scans = 1
      $0.scansAnswered = 0
      $0.reached = false
      $0.coverage = 0
      $0.features = features
    }
  }

  private func decode(_ line: String) throws(ArtifactError) -> FeatureProfile {
    let bytes = Array(line.utf8)
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(ArtifactError) in try RowDecoder.decode(FeatureProfile.self, from: buffer)
      }
    }
    return try result.get()
  }

  @Test func `every feature is written as exactly one of the three and read back`() throws {
    let row = profile {
      for feature in Feature.allCases where feature.rawValue % 3 > 0 {
        $0[feature] = .absent
        guard feature.rawValue % 3 == 1 else { continue }
        switch feature.definition.kind {
        case .integer: $0[feature] = .integer(feature.rawValue)
        case .number: $0[feature] = .number(1.5)
        case .boolean: $0[feature] = .boolean(true)
        case .texts: $0[feature] = .texts(["a;b", "=c"])
        default: $0[feature] = .text("x,\"\n")
        }
      }
    }
    let line = RowEncoder.text(of: row)
    #expect(try decode(String(line.dropLast())) == row)
  }

  @Test func `an empty cell that is neither absent nor unknown is an error that names the column`()
    throws
  {
    let damaged = RowEncoder.text(of: profile { _ in })
      .replacing("software=connect.refused;", with: "", maxReplacements: 1)
    #expect {
      try decode(String(damaged.dropLast()))
    } throws: { error in
      (error as? ArtifactError)?.column == "software"
    }
  }

  @Test func `a name in 'absent' or 'unknown' whose cell holds a value is an error`() {
    let row = profile { $0[.software] = .text("ElectrumX") }
    let damaged = RowEncoder.text(of: row)
      .replacing("software_version=", with: "software=x;software_version=")
    #expect {
      try decode(String(damaged.dropLast()))
    } throws: { error in
      (error as? ArtifactError)?.column == "unknown"
    }
  }

  @Test func `a reason that is none is an error, as a feature without one`() {
    for (reason, damage) in [("=connect.refused", "=because"), ("=connect.refused", "")] {
      let damaged = RowEncoder.text(of: profile { _ in })
        .replacing("software" + reason, with: "software" + damage, maxReplacements: 1)
      #expect {
        try decode(String(damaged.dropLast()))
      } throws: { error in
        (error as? ArtifactError)?.column == "unknown"
      }
    }
  }

  @Test func `every reason is read back from its id, and each has its own`() {
    let all = UnknownReason.documented + Outcome.allCases.map { .outcome($0) }
    #expect(all.allSatisfy { UnknownReason(id: $0.id) == $0 && !$0.summary.isEmpty })
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(
      UnknownReason.documented.allSatisfy {
        $0.id.hasPrefix("unknown.") || $0.id.hasPrefix("withheld.")
      })
    #expect(UnknownReason(id: "because") == nil && UnknownReason(id: "") == nil)
  }

  @Test func `columns are named once, and every feature by one of them`() {
    let names = Feature.allCases.map(\.definition.name)
    #expect(Set(names).count == names.count)
    #expect(Feature.allCases.allSatisfy { Feature(column: $0.definition.name) == $0 })
    #expect(
      FeatureProfile.schema.columns.map(\.name).suffix(names.count + 2)
        == names + ["absent", "unknown"])
  }

  @Test func `over the series unknown takes no part, sets grow, the least stays`() {
    var earlier = FeatureSet(unknown: .notAsked)
    earlier[.software] = .text("a")
    earlier[.names] = .texts(["a"])
    earlier[.throttledAfter] = .integer(5)
    earlier[.donationCustom] = .text("d")
    var later = FeatureSet(unknown: .notSent)
    later[.names] = .texts(["b"])
    later[.throttledAfter] = .integer(9)
    later[.donationCustom] = .absent
    var folded = earlier
    folded.fold(later)
    #expect(folded[.software] == .text("a"))
    #expect(folded[.names] == .texts(["a", "b"]))
    #expect(folded[.throttledAfter] == .integer(5))
    #expect(folded[.donationCustom] == .absent)
    #expect(folded[.tipHeight] == .unknown(.notAsked))
  }
}
