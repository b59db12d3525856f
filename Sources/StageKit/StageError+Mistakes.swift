public import Artifact

extension StageError {
  /// All mistakes in a JSON object, as one error.
  ///
  /// - Parameters:
  ///   - place: file, and what leads to the object in it.
  ///   - remedy: of one mistake.
  public init(
    _ mistakes: ObjectMistakes, _ code: Code, place: String,
    remedy: (ObjectMistake) -> String
  ) {
    self.init(
      joining: mistakes.all.map { mistake in
        StageError(
          code, place: mistake.path.isEmpty ? place : "\(place), key \(mistake.path)",
          expected: mistake.expected, found: mistake.found, remedy: remedy(mistake))
      })
  }
}
