extension Sequence {
  /// `map` with a typed error.
  func mapThrowing<Result, Failure: Error>(
    _ transform: (Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var result: [Result] = []
    for element in self { result.append(try transform(element)) }
    return result
  }
}
