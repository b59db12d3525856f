import Clustering
import Records
import Testing

struct SignatureComparisonTests {
  /// - Parameter signatures: by number of the probe.
  private static func server(_ signatures: [Int: String], probes: Int = 6) -> CoveredSignatures {
    let bits = Dictionary(uniqueKeysWithValues: (0..<probes).map { ("p\($0)", $0) })
    return CoveredSignatures(
      signatures.map { bit, text in
        ProbeSignature(serverID: "s", probe: "p\(bit)", status: "result", signature: text).with {
          $0.lineEnd = "lf"
          $0.observations = 1
          $0.variants = 1
        }
      }, bits: bits)
  }

  private let one = server([0: "a", 1: "b", 5: "c"])

  @Test func `servers are compared on the probes that both answered`() {
    let other = Self.server([1: "b", 3: "z", 5: "c"])
    #expect(one.agreement(with: other, minimumJoint: 2) == .identical(joint: 2))
    #expect(other.agreement(with: one, minimumJoint: 2) == .identical(joint: 2))
  }

  @Test func `what differs is named by its bit`() {
    let other = Self.server([0: "x", 1: "b", 5: "y"])
    #expect(one.agreement(with: other, minimumJoint: 1) == .different(joint: 3, bits: [0, 5]))
  }

  @Test func `too few probes in common are no verdict, and none in common never are`() {
    let other = Self.server([0: "x", 2: "q"])
    #expect(one.agreement(with: other, minimumJoint: 2) == .tooLittle(joint: 1))
    let nothing = Self.server([:])
    #expect(nothing.agreement(with: nothing, minimumJoint: 0) == .tooLittle(joint: 0))
  }

  @Test func `an answer more on one side changes no agreement`() {
    let other = Self.server([0: "a", 1: "b"])
    let more = Self.server([0: "a", 1: "b", 4: "n"])
    #expect(
      one.agreement(with: other, minimumJoint: 1) == one.agreement(with: more, minimumJoint: 1))
  }

  @Test func `masks of different series have nothing in common`() {
    let other = Self.server([0: "a", 1: "b", 5: "c"], probes: 7)
    #expect(one.agreement(with: other, minimumJoint: 1) == .tooLittle(joint: 0))
  }

  @Test func `a probe that the series does not number is not compared`() {
    let other = Self.server([0: "a", 1: "b", 99: "x"])
    #expect(other.covered.count == 2)
    #expect(one.agreement(with: other, minimumJoint: 1) == .identical(joint: 2))
  }

  @Test func `where the form of one reply is not known, what both say is compared`() {
    var live = ProbeSignature(serverID: "s", probe: "p0", status: "error", signature: "a").with {
      $0.errorMasked = "1 no"
      $0.keyOrder = "id,error"
      $0.separators = "compact"
      $0.lineEnd = "lf"
      $0.observations = 1
      $0.variants = 1
    }
    var imported = ProbeSignature(serverID: "t", probe: "p0", status: "error", signature: "b").with
    {
      $0.errorMasked = "1 no"
      $0.observations = 1
      $0.variants = 1
    }
    #expect(live.isAlike(imported) && imported.isAlike(live))
    imported.errorMasked = "2 no"
    #expect(!live.isAlike(imported))
    live.errorMasked = "2 no"
    imported.lineEnd = "lf"
    #expect(!live.isAlike(imported), "both forms are known, and differ")
  }

  @Test func `bit i of a mask is worth 2 to the power of i`() {
    var mask = ProbeMask(size: 10)
    for bit in [0, 5, 9, 10, -1, 99] { mask.insert(bit) }
    #expect(mask.hexadecimal == "221")
    #expect(mask.count == 3 && mask.bits == [0, 5, 9])
    #expect(ProbeMask("221", size: 10) == mask)
    #expect(ProbeMask(size: 0).hexadecimal == "0")
  }

  @Test(arguments: ["", "21", "0221", "22G", "22A", "421", "é21", "-21"])
  func `a text of another length, with other digits or other probes is no mask`(text: String) {
    #expect(ProbeMask(text, size: 10) == nil)
  }
}
