/// Order of dotted versions: number by number, then as text.
enum VersionText {
  static func precedes(_ first: String, _ second: String) -> Bool {
    let left = numbers(first)
    let right = numbers(second)
    if left != right { return left.lexicographicallyPrecedes(right) }
    return first.utf8.lexicographicallyPrecedes(second.utf8)
  }

  private static func numbers(_ text: String) -> [Int] {
    text.split { !$0.isASCII || !$0.isNumber }.map { Int($0) ?? Int.max }
  }
}
