/// OpenPGP fingerprints and key ids in a line.
///
/// A fingerprint is taken where it is written in ten groups of four, after `0x`, or in a line that
/// speaks of a key; else 40 hexadecimal digits may be anything's SHA-1. A key id needs the `0x` or
/// such a line as well.
enum PGPText {
  private static let words = ["pgp", "gpg", "fingerprint", "keyid", "key id", "key-id"]

  static func tokens(in line: [Unicode.Scalar]) -> [ContactToken] {
    var found: [ContactToken] = []
    let text = TokenForm.text(line[...]).lowercased()
    let speaksOfKeys = words.contains { text.contains($0) }
    var groups: [ArraySlice<Unicode.Scalar>] = []
    for run in line.split(whereSeparator: { !$0.isWordPart }) {
      let (digits, isMarked) = hexadecimal(run)
      guard !digits.isEmpty else {
        groups = []
        continue
      }
      if isMarked || speaksOfKeys, [8, 16, 40].contains(digits.count), digits.count != 8 || isMarked
      {
        let kind: ContactToken.Kind = digits.count == 40 ? .pgpFingerprint : .pgpKeyID
        found.append(ContactToken(kind: kind, value: TokenForm.text(digits).uppercased()))
      }
      let follows =
        groups.last.map { run.startIndex == $0.endIndex + 1 && line[$0.endIndex] == " " } ?? true
      if digits.count != 4 || isMarked || !follows { groups = [] }
      if digits.count == 4, !isMarked { groups.append(digits) }
      if groups.count == 10 {
        let value = groups.map { TokenForm.text($0).uppercased() }.joined()
        found.append(ContactToken(kind: .pgpFingerprint, value: value))
        groups = []
      }
    }
    return found
  }

  /// The digits of a run that is hexadecimal, and whether `0x` stands before them.
  private static func hexadecimal(
    _ run: ArraySlice<Unicode.Scalar>
  ) -> (ArraySlice<Unicode.Scalar>, isMarked: Bool) {
    guard run.count <= 42 else { return ([], false) }
    let isMarked = run.count > 2 && run.first == "0" && ["x", "X"].contains(run.dropFirst().first)
    let digits = isMarked ? run.dropFirst(2) : run
    return digits.allSatisfy(\.properties.isASCIIHexDigit) ? (digits, isMarked) : ([], false)
  }
}
