public import Artifact

/// The parameters of one stage. They are stated once, in `fields`: key, property, form, default
/// (the property's value in `init()`), meaning.
public protocol StageParameters: FieldObject {}

extension StageParameters {
  /// The parameters where nobody says anything.
  public static func defaults() throws(StageError) -> Self {
    try CheckedParameters<Self>(.object([]), place: "defaults").parameters
  }

  /// The JSON Schema of the stage's object in pipeline.json.
  public static var jsonSchema: JSONValue {
    var definitions = SchemaDefinitions()
    return .object(ObjectSchema.members(of: Self.self, &definitions))
  }
}

/// Parameters that were read with no mistake among them: only these can run.
public struct CheckedParameters<Parameters: StageParameters>: Sendable {
  public let parameters: Parameters
  /// Every parameter as used, defaults included: what goes into manifests.
  public let json: JSONValue

  /// - Parameters:
  ///   - object: the stage's object as given.
  ///   - place: file and stage, for error messages.
  /// - Throws: an error that tells all mistakes.
  public init(_ object: JSONValue, place: String) throws(StageError) {
    do throws(ObjectMistakes) {
      (parameters, json) = try ObjectReader.read(object)
    } catch {
      throw StageError(error, .parameters, place: place) { mistake in
        switch mistake.kind {
        case _ where mistake.path.isEmpty: "see the JSON Schema of pipeline.json"
        case .unknownKey: "correct the key or remove it"
        case .wrongType, .outOfRange, .unknownName:
          "correct the value or remove the key for its default"
        case .missing, .refused: "correct the value"
        }
      }
    }
  }
}
