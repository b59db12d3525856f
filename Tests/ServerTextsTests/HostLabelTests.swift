import ServerTexts
import Testing

/// What host names tell.
struct HostLabelTests {
  @Test(arguments: [
    ("electrum11", true), ("btc-node2", true), ("fulcrumserver", true), ("e2", true),
    ("anna", false), ("rhein", false), ("electrumanna", false), ("", true),
  ]) func `a functional label is words of function and digits`(label: String, expected: Bool) {
    #expect(HostLabels.isFunctional(label) == expected)
  }

  @Test(arguments: [
    ("c1037", true), ("vmi468267", true), ("node-g6vf1", true), ("d762li0k0g", true),
    ("electrum11", false), ("node", false), ("a1b", false), ("btc123", false),
  ]) func `a machine-made label has a digit before its trailing number`(
    label: String, expected: Bool
  ) {
    #expect(HostLabels.isMachineMade(label) == expected)
  }

  @Test func `a wildcard covers one label`() {
    #expect(HostLabels.covers("*.op.example", "a.op.example"))
    #expect(!HostLabels.covers("*.op.example", "a.b.op.example"))
    #expect(!HostLabels.covers("*.op.example", "op.example"))
    #expect(HostLabels.covers("op.example", "op.example"))
  }
}
